using Watchdog.Policy;
using Watchdog.Reports.Health;
using Watchdog.Telemetry.Spending;

namespace Watchdog.Reports.Fleet;

/// <summary>VMs alike, as they were counted.</summary>
/// <param name="Missing">Of them, those that the last listing did not show.</param>
/// <param name="Silent">Of them, those whose agent does not answer.</param>
public sealed record VmsAlike(short Scope, string State, string Type, long Vms, long Missing, long Silent);

/// <summary>Every VM that is not gone, counted.</summary>
/// <param name="At">When, fleet time.</param>
public sealed record Census(DateTimeOffset At, IReadOnlyList<VmsAlike> Vms);

/// <summary>The last span of looks at a scope, of one kind.</summary>
/// <param name="Vms">How many were seen; null: not told.</param>
/// <param name="Detail">Why it was not seen.</param>
public sealed record ScopeLook(DateTimeOffset From, DateTimeOffset To, bool Seen, int? Vms, string? Detail);

/// <summary>A scope.</summary>
/// <param name="Inventory">Null: it was never listed.</param>
/// <param name="Status">Null: its status checks were never listed.</param>
/// <param name="Blind">Its running VMs whose last screen had no data.</param>
public sealed record ScopeLine(short Id, string Key, string Region, ScopeLook? Inventory, ScopeLook? Status, long Blind);

/// <summary>A VM that is looked at more closely.</summary>
public sealed record SuspectLine(string InstanceId, string Owner, string Class, string Stage, DateTimeOffset Onset, DateTimeOffset DueAt, int Looks);

/// <summary>A running VM whose last screen had no data.</summary>
public sealed record BlindLine(string InstanceId, string Owner, string Type, string Scope);

/// <summary>What stands on the fleet's page.</summary>
/// <param name="State">As counted for the gauges; null: not yet.</param>
/// <param name="Stages">Suspects by stage and class.</param>
/// <param name="Suspects">Those whose next look is due the soonest.</param>
/// <param name="Blind">The first of them.</param>
/// <param name="Calls">What AWS calls cost in this calendar month, by operation, US$, the dearest first.</param>
/// <param name="Spending">Null: not settled yet.</param>
public sealed record FleetModel(
    Brake Brake, FleetState? State, Census Census, IReadOnlyList<ScopeLine> Scopes, IReadOnlyList<(string Stage, string Class, long Vms)> Stages,
    IReadOnlyList<SuspectLine> Suspects, IReadOnlyList<BlindLine> Blind, IReadOnlyList<(string Operation, decimal Usd)> Calls, Spending? Spending)
{
    /// <summary>Lines of the lists.</summary>
    public const int MostLines = 50;

    /// <summary>Running VMs, and those judged in time, over all Regions; null while nothing was counted.</summary>
    public (long Running, long Judged)? Coverage => State is { } state ? (state.Coverage.Sum(one => one.Running), state.Coverage.Sum(one => one.Judged)) : null;
}
