namespace Watchdog.Scheduling;

/// <summary>
/// What the scheduler calls, filled in by the composition root. Each body takes its own lease first: a job may run again after a
/// crash, and a paused worker may run beside its successor.
/// </summary>
/// <param name="Inventory">Lists a scope's VMs and their status checks: each minute.</param>
/// <param name="Shards">Screens, judges and proposes for shards: each of the 64 each minute.</param>
/// <param name="Actuator">Carries a scope's admitted acts out: each two seconds.</param>
/// <param name="Audit">Seals the audit trail, once for the whole cluster: each minute.</param>
/// <param name="Slo">Keeps the uptime books, once for the whole cluster: each minute.</param>
/// <param name="Idle">Looks at the resting VMs of shards: each of the 64 each five minutes.</param>
/// <param name="Schedules">Brings the times of schedules into acts, for shards: each of the 64 each minute.</param>
public sealed record JobBodies(
    Func<short, CancellationToken, Task> Inventory,
    Func<IReadOnlyList<int>, CancellationToken, Task> Shards,
    Func<short, CancellationToken, Task> Actuator,
    Func<CancellationToken, Task> Audit,
    Func<CancellationToken, Task> Slo,
    Func<IReadOnlyList<int>, CancellationToken, Task> Idle,
    Func<IReadOnlyList<int>, CancellationToken, Task> Schedules);
