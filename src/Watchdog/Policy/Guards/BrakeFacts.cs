namespace Watchdog.Policy.Guards;

/// <summary>What the brake is decided on, all read in the admitting transaction.</summary>
/// <param name="Candidates">Cases for which the machine proposed an act in the last hour.</param>
/// <param name="UsualHours">The same for each hour before, up to seven days, quiet hours included; empty while less than a day is known.</param>
/// <param name="Listed">VMs that the last listings showed.</param>
/// <param name="ListedHourAgo">VMs that were known an hour ago; likewise a day.</param>
/// <param name="Seen">Running VMs by the shards' last reports.</param>
/// <param name="Judged">Of them, those that could be judged.</param>
/// <param name="Screened">VMs whose CPU these reports read.</param>
/// <param name="ModalCpu">The CPU value that most of them showed, percent; NaN when none was screened.</param>
/// <param name="ModalVms">How many showed it.</param>
/// <param name="Demoted">Why a detector has just lost the right to act; null when none has.</param>
/// <param name="Last">The brake as it is.</param>
public sealed record BrakeFacts(
    int Candidates, IReadOnlyList<int> UsualHours, long Listed, long ListedHourAgo, long ListedDayAgo, long Seen, long Judged, long Screened,
    double ModalCpu, long ModalVms, string? Demoted, Brake Last);

/// <summary>Why the brake goes on.</summary>
/// <param name="Cause">One of <see cref="BrakeCauses"/>.</param>
/// <param name="Reason">With its numbers.</param>
public sealed record BrakeTrip(string Cause, string Reason);

/// <summary>What turns the brake on by itself; the names in column <c>brake.cause</c>.</summary>
public static class BrakeCauses
{
    /// <summary>Candidates jumped over their usual rate.</summary>
    public const string Candidates = "candidates";
    /// <summary>Too few VMs were listed.</summary>
    public const string Listed = "listed";
    /// <summary>Too many points are missing.</summary>
    public const string Judged = "judged";
    /// <summary>Values are all equal.</summary>
    public const string Equal = "equal";
    /// <summary>A detector's measured precision fell under its floor.</summary>
    public const string Precision = "precision";
}
