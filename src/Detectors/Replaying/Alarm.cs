using Watchdog.Detectors.Findings;

namespace Watchdog.Detectors.Replaying;

/// <summary>An episode as a replay writes it.</summary>
/// <param name="InstanceId">The VM.</param>
/// <param name="Class">What it was opened as.</param>
/// <param name="OpenedAt">The instant of the decision; as a worker, that is later than <see cref="SeenUntil"/> by the publication delay.</param>
/// <param name="ClosedAt">When it was closed; null when the recording ended first.</param>
/// <param name="Score">Probability at the opening, 0 to 1.</param>
/// <param name="Reason">The finding's reason at the opening.</param>
public sealed record Alarm(string InstanceId, FindingClass Class, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, double Score, string Reason)
{
    /// <summary>End of the deciding sample, exclusive: the newest period of metrics that was published at the decision.</summary>
    public DateTimeOffset SeenUntil { get; init; } = OpenedAt;
}
