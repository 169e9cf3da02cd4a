namespace Watchdog.Detectors.Replaying;

/// <summary>One labelled span of a VM.</summary>
/// <param name="InstanceId">The VM.</param>
/// <param name="Label">One of <c>benign, miner, forkbomb, runaway, panic, idle</c>.</param>
/// <param name="Start">Start, UTC.</param>
/// <param name="End">End, UTC.</param>
/// <param name="Notes">Free text; its words name the kind.</param>
public sealed record Truth(string InstanceId, string Label, DateTimeOffset Start, DateTimeOffset End, string Notes)
{
    /// <summary>Whether it is an event that an abuse alarm should find.</summary>
    public bool IsAbuse => Label is "miner" or "forkbomb" or "runaway" or "panic";
}
