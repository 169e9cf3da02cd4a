using Watchdog.Detectors.Findings;

namespace Watchdog.Detection;

/// <summary>An open episode as table <c>episode</c> keeps it.</summary>
/// <param name="Onset">When the behaviour began, by the data.</param>
/// <param name="ConfirmedAt">When its evidence became enough for an act; null while it is a suspicion.</param>
/// <param name="State">Its hysteresis.</param>
public sealed record Episode(
    long Id, string InstanceId, FindingClass Class, DateTimeOffset Onset, DateTimeOffset OpenedAt, DateTimeOffset? ConfirmedAt,
    double Score, EpisodeState State)
{
    /// <summary>Whether it was handed on as one that a lost agent speaks for.</summary>
    public bool Silenced { get; init; }
}

/// <summary>What a run does to one episode, before it has a key.</summary>
/// <param name="Open">The open episode; null when this opens one.</param>
/// <param name="Step">What happens; null when only its hysteresis moves on.</param>
/// <param name="State">Its hysteresis afterwards.</param>
/// <param name="Frozen">What the verdict stood on, as JSON; null where no step is taken.</param>
/// <param name="Executable">Path of the program that had most of the CPU, cut and cleaned; null where no step is taken or nobody looked inside.</param>
public sealed record EpisodeMove(
    Inventory.Vm Vm, Episode? Open, EpisodeStep? Step, EpisodeState State, DateTimeOffset Onset, Finding Finding, string? Frozen, string? Executable = null)
{
    /// <summary>The class that it is of.</summary>
    public FindingClass Class => Open?.Class ?? Finding.Class;

    /// <summary>Whether it has been handed on as one that a lost agent speaks for: once is enough.</summary>
    public bool Silenced => Open?.Silenced == true || (Step is EpisodeStep.Opened or EpisodeStep.Silenced && Finding.StandsOnLostAgent());
}
