using Watchdog.Detectors.Facts;

namespace Watchdog.Slo.History;

/// <summary>
/// Everything that a VM's minutes are judged by, each list in the order in which it was recorded (the last word about an instant counts).
/// Every fact names its row, so that an interval can be shown with its evidence.
/// </summary>
/// <param name="InstanceId">EC2's id.</param>
/// <param name="States">State changes.</param>
/// <param name="Checks">Changes of the status checks.</param>
/// <param name="Agents">Changes of what SSM says of the agent.</param>
/// <param name="Holds">What Watchdog did to it that keeps its owner out.</param>
/// <param name="Memberships">Whose it was and what, from when on; never empty for a VM that was seen.</param>
public sealed record VmHistory(
    string InstanceId, IReadOnlyList<StateFact> States, IReadOnlyList<CheckFact> Checks, IReadOnlyList<AgentFact> Agents,
    IReadOnlyList<HoldFact> Holds, IReadOnlyList<MembershipFact> Memberships);

/// <summary>The VM entered a state.</summary>
/// <param name="Id">Key in <c>vm_transition</c>.</param>
/// <param name="Scope">Where it was listed.</param>
/// <param name="At">When it happened, as EC2 says or as it was seen.</param>
/// <param name="SeenAt">When the listing showed it.</param>
/// <param name="State">EC2's state name, or <c>gone</c>.</param>
/// <param name="Reason">EC2's StateReason code; null where it gave none.</param>
public sealed record StateFact(long Id, short Scope, DateTimeOffset At, DateTimeOffset SeenAt, string State, string? Reason);

/// <summary>The status checks changed.</summary>
/// <param name="Id">Key in <c>event</c>.</param>
/// <param name="SeenAt">When the listing showed it.</param>
/// <param name="Instance">The guest's reachability.</param>
/// <param name="System">The host.</param>
/// <param name="Ebs">The volumes.</param>
/// <param name="ImpairedSince">Since when, as AWS says, which may lie long before <paramref name="SeenAt"/>; null where it does not.</param>
/// <param name="Events">Announced events with their windows.</param>
public sealed record CheckFact(
    long Id, DateTimeOffset SeenAt, CheckState Instance, CheckState System, CheckState Ebs, DateTimeOffset? ImpairedSince,
    IReadOnlyList<AnnouncedEvent> Events);

/// <summary>An event that AWS announced.</summary>
/// <param name="Code">E.g. <c>instance-reboot</c>.</param>
/// <param name="NotBefore">Earliest begin; null where AWS gave none.</param>
/// <param name="NotAfter">Latest end; null where AWS gave none.</param>
public sealed record AnnouncedEvent(string Code, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter);

/// <summary>What SSM says of the agent changed.</summary>
/// <param name="Id">Key in <c>event</c>.</param>
/// <param name="At">From when on.</param>
/// <param name="Agent">What it says.</param>
public sealed record AgentFact(long Id, DateTimeOffset At, Minutes.AgentSeen Agent);

/// <summary>An act of Watchdog's that keeps the owner out while it is in force.</summary>
/// <param name="Act">Key in <c>act</c>.</param>
/// <param name="Case">Key in <c>case_file</c>; null for an idle stop.</param>
/// <param name="Kind">How.</param>
/// <param name="From">When its first change was made.</param>
/// <param name="Until">When it was undone; null while it is in force.</param>
/// <param name="Ruling">The latest ruling on its case, as <c>Ledger.Rulings</c> spells it; null while nobody has ruled.</param>
/// <param name="RuledAt">When; null with it.</param>
public sealed record HoldFact(
    long Act, long? Case, HoldKind Kind, DateTimeOffset From, DateTimeOffset? Until, string? Ruling, DateTimeOffset? RuledAt);

/// <summary>How an act keeps the owner out.</summary>
public enum HoldKind
{
    /// <summary>Cut off from the network; the VM runs on.</summary>
    Isolation,
    /// <summary>Stopped for abuse: holds while the VM is stopping or stopped, until somebody starts it.</summary>
    Stop,
    /// <summary>Stopped because nobody used it: the same.</summary>
    IdleStop,
}

/// <summary>Whose the VM was, and what.</summary>
/// <param name="Id">Key in <c>vm_membership</c>.</param>
/// <param name="At">From when on.</param>
/// <param name="Lifecycle"><c>spot</c>, <c>scheduled</c>, or null for on-demand.</param>
public sealed record MembershipFact(
    long Id, short Scope, DateTimeOffset At, string Owner, string? Plan, string InstanceType, string? ImageId, string? Lifecycle);
