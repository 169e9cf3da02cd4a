using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;

namespace Watchdog.Detectors.Abuse;

/// <summary>The process that a finding speaks of.</summary>
/// <param name="Process">It; of a crowd, the member that has lived longest, which is likeliest to be there still.</param>
/// <param name="Crowd">Whether it stands for all processes of its owner's that have its name.</param>
public sealed record Culprit(GuestProcess Process, bool Crowd)
{
    /// <summary>Names it; null where the look shows none, or the class is none that one process can be named for.</summary>
    /// <param name="found">The finding's class.</param>
    /// <param name="snapshot">The look that the finding stands on.</param>
    /// <param name="earlier">The look before it; null when there was none.</param>
    /// <param name="vcpus">vCPUs of the VM.</param>
    /// <param name="options">The runaway detector's settings, which say what is old.</param>
    public static Culprit? Of(FindingClass found, GuestSnapshot snapshot, GuestSnapshot? earlier, int vcpus, RunawayOptions options) => found switch
    {
        FindingClass.Runaway => RunawaySigns.Named(snapshot, earlier, vcpus, options) is { } process ? new(process, false) : null,
        FindingClass.ForkBomb => OfCrowd(snapshot),
        _ => null,
    };

    // One name of one owner: processes of another owner's with the same name are another matter.
    private static Culprit? OfCrowd(GuestSnapshot snapshot) => snapshot.TopProcesses
        .Where(static process => process.Uid >= 0)
        .GroupBy(static process => (process.Comm, process.Uid))
        .Where(static crowd => crowd.Count() >= 3)
        .MaxBy(static crowd => crowd.Count())?
        .MaxBy(static process => process.AgeSeconds) is { } oldest ? new(oldest, true) : null;
}
