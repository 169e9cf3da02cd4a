using Quartz;

namespace Watchdog.Scheduling;

// The full names of these classes are stored in qrtz_job_details: renaming one needs a new timetable version.

/// <summary>A scope's inventory.</summary>
[DisallowConcurrentExecution]
internal sealed class InventoryJob(JobBodies bodies, JobRun run) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        run.RunAsync(context.JobDetail.Key, number => bodies.Inventory((short)number, cancellationToken), cancellationToken);
}

/// <summary>A shard's sweep.</summary>
[DisallowConcurrentExecution]
internal sealed class ShardJob(JobBodies bodies, JobRun run) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        run.RunAsync(context.JobDetail.Key, number => bodies.Shards([number], cancellationToken), cancellationToken);
}

/// <summary>A look at a shard's resting VMs.</summary>
[DisallowConcurrentExecution]
internal sealed class IdleJob(JobBodies bodies, JobRun run) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        run.RunAsync(context.JobDetail.Key, number => bodies.Idle([number], cancellationToken), cancellationToken);
}

/// <summary>A shard's schedules.</summary>
[DisallowConcurrentExecution]
internal sealed class ScheduleJob(JobBodies bodies, JobRun run) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        run.RunAsync(context.JobDetail.Key, number => bodies.Schedules([number], cancellationToken), cancellationToken);
}

/// <summary>A scope's actuator.</summary>
[DisallowConcurrentExecution]
internal sealed class ActuatorJob(JobBodies bodies, JobRun run) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        run.RunAsync(context.JobDetail.Key, number => bodies.Actuator((short)number, cancellationToken), cancellationToken);
}

/// <summary>The uptime books: one job for the cluster, whatever its number.</summary>
[DisallowConcurrentExecution]
internal sealed class SloJob(JobBodies bodies, JobRun run) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        run.RunAsync(context.JobDetail.Key, _ => bodies.Slo(cancellationToken), cancellationToken);
}

/// <summary>The audit trail's seal: one job for the cluster, whatever its number.</summary>
[DisallowConcurrentExecution]
internal sealed class AuditJob(JobBodies bodies, JobRun run) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        run.RunAsync(context.JobDetail.Key, _ => bodies.Audit(cancellationToken), cancellationToken);
}
