using Watchdog.Detectors.Findings;
using Watchdog.Inventory;

namespace Watchdog.Detection;

/// <summary>What happened to an episode in a sweep.</summary>
public enum EpisodeStep
{
    /// <summary>It opened as a suspicion: shown to people, no ground for an act by machine.</summary>
    Opened,
    /// <summary>Its evidence became enough for an act (at once with opening, or later).</summary>
    Confirmed,
    /// <summary>While it was a suspicion its agent was lost, so that nothing inside can prove it any more: people may rule on it now.</summary>
    Silenced,
    /// <summary>It ended.</summary>
    Closed,
}

/// <summary>One step of one episode, handed from Detection to Policy in the transaction that stored it.</summary>
/// <param name="EpisodeId">Key in table <c>episode</c>.</param>
/// <param name="Step">What happened.</param>
/// <param name="Vm">The VM as inventory knows it.</param>
/// <param name="Onset">When the behaviour began, by the data.</param>
/// <param name="Finding">The finding that decided, frozen.</param>
public sealed record EpisodeChange(long EpisodeId, EpisodeStep Step, Vm Vm, DateTimeOffset Onset, Finding Finding);
