using Watchdog.Detection;
using Watchdog.Detectors.Facts;

namespace Watchdog.IdleShutdown;

/// <summary>What inventory and the ledger know of a VM, as far as an idle stop needs it.</summary>
/// <param name="Status">Its status checks; null when they were not listed lately.</param>
/// <param name="OpenCase">Its open case; null when it has none.</param>
/// <param name="Suspected">Something is being looked into, or an episode is open.</param>
/// <param name="Held">Its hold that lasts longest; null when none is in force.</param>
/// <param name="StartedAgain">It was stopped for idleness before its present start.</param>
/// <param name="WokenFor">The time of its schedule that it was started for last; null where it never was.</param>
public sealed record IdleRecord(
    string InstanceId, short Scope, string Owner, string? Plan, string State, DateTimeOffset LaunchTime, string? AutoScalingGroup, string? Lifecycle,
    IReadOnlyDictionary<string, string> Tags, string InstanceType, int Vcpus, StatusFacts? Status, long? OpenCase, bool Suspected, HeldUntil? Held,
    bool StartedAgain, DateTimeOffset? WokenFor = null);

/// <summary>A hold in force.</summary>
public sealed record HeldUntil(DateTimeOffset Until, string Reason);

/// <summary>A VM's metrics of the trailing hours on one grid; a point that is absent is NaN.</summary>
/// <param name="Cpu">CPUUtilization, percent.</param>
/// <param name="NetworkIn">Bytes a period.</param>
/// <param name="NetworkOut">Bytes a period.</param>
public sealed record IdleMetrics(Points Cpu, Points NetworkIn, Points NetworkOut);

/// <summary>A look inside for idleness.</summary>
/// <param name="Answers">Whether the agent answered; false: SSM says that it is not there, or its answer never came.</param>
/// <param name="Snapshot">What it told; null where it did not answer.</param>
/// <param name="Earlier">An earlier look; null where there was none.</param>
/// <param name="SeenAt">Not before this instant was it seen; null where nobody says.</param>
public sealed record IdleGuest(bool Answers, GuestSnapshot? Snapshot, GuestSnapshot? Earlier = null, DateTimeOffset? SeenAt = null)
{
    /// <summary>The agent is not there, or does not answer.</summary>
    public static readonly IdleGuest Silent = new(false, null);
}

/// <summary>All that is known of a VM at an instant.</summary>
/// <param name="Metrics">Null: CloudWatch was not asked, or did not answer.</param>
/// <param name="Guest">Null: nobody looked inside.</param>
public sealed record IdleFacts(DateTimeOffset Now, IdleRecord Record, IdleMetrics? Metrics, IdleGuest? Guest);
