using System.Globalization;
using Quartz;
using Watchdog.Inventory;

namespace Watchdog.Scheduling;

/// <summary>
/// Writes the timetable into the scheduler's store before it starts. What is stored already stays as it is, so that a worker that
/// joins moves nobody's next firing; only triggers of another timetable version are replaced.
/// </summary>
internal sealed class TimetableDeclaration(
    ISchedulerFactory schedulers, Timetable timetable, ScopeCatalog scopes, ILogger<TimetableDeclaration> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var configured = await scopes.LoadAsync(cancellationToken);
        var entries = timetable.Entries([.. configured.Select(s => s.Id)]).ToArray();
        var added = 0;
        foreach (var entry in entries)
        {
            added += await DeclareAsync(scheduler, entry, cancellationToken) ? 1 : 0;
        }

        Log.Declared(log, timetable.Version, entries.Length, added);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> DeclareAsync(IScheduler scheduler, TimetableEntry entry, CancellationToken ct)
    {
        var name = entry.Number.ToString(CultureInfo.InvariantCulture);
        var job = new JobKey(name, entry.Kind.ToString());
        var trigger = new TriggerKey(name, $"{entry.Kind}-{timetable.Version}");
        if (await scheduler.Exists(trigger, ct))
        {
            return false;
        }

        var detail = JobBuilder.Create().OfType(TypeOf(entry.Kind)).WithIdentity(job).StoreDurably().RequestRecovery().DisallowConcurrentExecution().Build();
        // Missed while the database was away or every slot was taken: once at once, lest a shard whose second fell into that waits for another minute.
        var schedule = TriggerBuilder.Create().WithIdentity(trigger).ForJob(job)
            .WithCronSchedule(entry.Cron, c => c.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
        try
        {
            await scheduler.AddJob(detail, new AddJobOptions { Replace = true }, ct);
            // Of other versions only: Quartz's own recovery triggers of this job stay.
            foreach (var old in (await scheduler.GetTriggersOfJob(job, ct)).Where(t => t.Key.Group.StartsWith($"{entry.Kind}-", StringComparison.Ordinal)))
            {
                await scheduler.UnscheduleJob(old.Key, ct);
            }

            await scheduler.ScheduleJob(schedule, new ScheduleJobOptions(), ct);
            return true;
        }
        catch (ObjectAlreadyExistsException)
        {
            // Another worker declares at the same moment, the same.
            return false;
        }
    }

    private static Type TypeOf(JobKind kind) => kind switch
    {
        JobKind.Inventory => typeof(InventoryJob),
        JobKind.Shard => typeof(ShardJob),
        JobKind.Audit => typeof(AuditJob),
        JobKind.Slo => typeof(SloJob),
        JobKind.Idle => typeof(IdleJob),
        JobKind.Schedule => typeof(ScheduleJob),
        _ => typeof(ActuatorJob),
    };
}
