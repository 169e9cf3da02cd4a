namespace Watchdog.Policy.Guards;

/// <summary>
/// When the brake goes on by itself. It halts every act until a person turns it off (<c>watchdog brake off</c>); what nobody foresaw is to
/// meet a person before it meets a fleet.
/// </summary>
public sealed class BrakeOptions
{
    /// <summary>
    /// New candidates for acts in an hour, by case, that are taken for usual anywhere. 0 to 100,000, default 50. Until a day of history exists
    /// it alone is the limit. Lower: a smaller wave halts everything; higher: a wrong rule proposes more before it is noticed.
    /// </summary>
    public int CandidatesFloor { get; set; } = 50;

    /// <summary>
    /// How many times the usual rate an hour may bring: the usual is what 95 of 100 hours of the last seven days did not exceed. 1 to 1,000, default 5.
    /// The limit is the larger one of this and the floor.
    /// </summary>
    public double CandidatesFactor { get; set; } = 5;

    /// <summary>Least share of the VMs known an hour or a day before that must still be listed, percent. 0 to 100, default 70; 0 switches it off.</summary>
    public double LeastListedPercent { get; set; } = 70;

    /// <summary>Least share of the running VMs that the last sweeps could judge, percent. 0 to 100, default 50; 0 switches it off.</summary>
    public double LeastJudgedPercent { get; set; } = 50;

    /// <summary>Most VMs that may show one and the same CPU value, percent of those screened. 0 to 100, default 90; 100 switches it off.</summary>
    public double MostEqualPercent { get; set; } = 90;

    /// <summary>From how many VMs on the three shares above say something. 2 to 1,000,000, default 100.</summary>
    public int LeastVms { get; set; } = 100;

    /// <summary>
    /// How long the same cause does not turn the brake on again after a person turned it off: the person has seen it. 0 to 7 days, default
    /// 01:00:00. The other guards hold all the same.
    /// </summary>
    public TimeSpan Respite { get; set; } = TimeSpan.FromHours(1);
}
