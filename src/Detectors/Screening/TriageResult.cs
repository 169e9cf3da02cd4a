using Watchdog.Detectors.Findings;

namespace Watchdog.Detectors.Screening;

/// <summary>What the second look says.</summary>
public enum TriageOutcome
{
    /// <summary>The CPU itself is absent from the context.</summary>
    CannotTell,
    /// <summary>The level is not new for the VM; remember level and ratio.</summary>
    Benign,
    /// <summary>
    /// Network or disk work came with it: no alarm by metrics alone. Traffic also rises when its user comes to work while a miner runs,
    /// so one look inside, which costs nothing, settles it where the agent answers.
    /// </summary>
    Explained,
    /// <summary>Nothing explains it, or the context that could is absent.</summary>
    Suspicion,
}

/// <summary>Triage's answer.</summary>
/// <param name="Outcome">The answer.</param>
/// <param name="Class">What a suspicion most looks like: <see cref="FindingClass.Miner"/> or <see cref="FindingClass.Runaway"/>.</param>
/// <param name="Onset">Start of the plateau.</param>
/// <param name="Level">Median CPU in the plateau, percent.</param>
/// <param name="Usual">Median CPU before it, percent; NaN when nothing is known before.</param>
/// <param name="AddedCoreSeconds">Core-seconds a period more than before.</param>
/// <param name="NetworkPerCoreSecond">Added network bytes per added core-second; NaN when absent.</param>
/// <param name="DiskPerCoreSecond">Added disk operations per added core-second; NaN when absent.</param>
/// <param name="ContextAbsent">Whether network is absent, so that nothing could explain or exculpate.</param>
/// <param name="Reason">One sentence with its numbers.</param>
/// <param name="Evidence">Pieces for and against, all of the hypervisor's family.</param>
public sealed record TriageResult(TriageOutcome Outcome, FindingClass Class, DateTimeOffset Onset, float Level, float Usual,
    double AddedCoreSeconds, double NetworkPerCoreSecond, double DiskPerCoreSecond, bool ContextAbsent, string Reason, IReadOnlyList<Evidence> Evidence);
