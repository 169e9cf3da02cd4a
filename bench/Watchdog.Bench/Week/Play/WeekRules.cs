namespace Watchdog.Bench.Week.Play;

/// <summary>The waiting and warning times that worker and oracle share.</summary>
/// <param name="Step">Between two looks.</param>
/// <param name="Rest">For how long CPU and network must have rested.</param>
/// <param name="Uptime">Least time since a start.</param>
/// <param name="Warning">Between being found idle and the stop.</param>
internal sealed record WeekRules(TimeSpan Step, TimeSpan Rest, TimeSpan Uptime, TimeSpan Warning, double CpuPercent, double NetworkBytesPerSecond)
{
    /// <summary>As a fresh install has them.</summary>
    public static readonly WeekRules Usual = new(
        TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromMinutes(90), TimeSpan.FromMinutes(15), CpuPercent: 5, NetworkBytesPerSecond: 3_000);
}
