using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Quartz;
using Watchdog.Storage;
using Watchdog.Storage.Nodes;

namespace Watchdog.Scheduling;

/// <summary>Puts the room into the container.</summary>
public static class SchedulingRoom
{
    private const string Cluster = "watchdog";
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(10);
    // Beside Quartz's own three attempts a second apart: five seconds after a database's return everybody is back.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);
    // A trigger late by more than a minute waits for the next such look; Quartz's own interval is that minute.
    private static readonly TimeSpan MissedEach = TimeSpan.FromSeconds(5);
    // A quarantine between its two group changes, or a shard's sweep, is let finish.
    private static readonly TimeSpan LongestJob = TimeSpan.FromSeconds(75);

    /// <summary>
    /// The clustered scheduler over the registered data source. Expects <see cref="JobBodies"/>, Storage, Diagnostics and Inventory in the
    /// container, and the scheduler's tables from <see cref="QuartzSchema"/>. Jobs of scopes that left the configuration stay stored:
    /// a body answers a scope that it does not know by doing nothing.
    /// </summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(SchedulingOptions.Section);
        services.AddOptions<SchedulingOptions>().Bind(section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SchedulingOptions>, SchedulingOptionsValidator>());
        services.AddOptions<SchedulingOptions>().Validate<IOptions<StorageOptions>>(
            (scheduling, storage) => scheduling.Slots < storage.Value.MaxPoolSize,
            "Scheduling:Slots must be below Storage:MaxPoolSize: each job holds a connection, and the pages and the scheduler need some too.");
        services.TryAddSingleton(Timetable.Default);
        services.TryAddSingleton<JobRun>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestJob);
        // Before Quartz's own too, so that its good-bye comes when the last job has ended.
        services.AddHostedService<NodeService>();
        // Before Quartz's own hosted service: the timetable is in the store when the scheduler starts.
        services.AddHostedService<TimetableDeclaration>();
        services.AddQuartz(quartz => Configure(quartz, section.Get<SchedulingOptions>() ?? new SchedulingOptions()));
        services.AddOptions<QuartzSchedulerOptions>().Configure<Node>((scheduler, node) =>
        {
            scheduler.InstanceName = Cluster;
            scheduler.InstanceId = node.Name;
        });
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        return services;
    }

    private static void Configure(IQuartzBuilder quartz, SchedulingOptions options)
    {
        // Quartz waits in real time whatever its clock says: it gets the machine's, also beside a scaled fleet clock.
        quartz.UseTimeProvider(TimeProvider.System);
        quartz.UseDefaultThreadPool(options.Slots);
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(source => source.UseRegisteredDataSource = true);
            store.UseSystemTextJsonSerializer();
            store.UseClustering(clustering =>
            {
                clustering.CheckinInterval = TimeSpan.FromSeconds(options.CheckinSeconds);
                clustering.CheckinMisfireThreshold = TimeSpan.FromSeconds(options.CheckinGraceSeconds);
            });
            store.ConfigureStore(ado =>
            {
                ado.TablePrefix = QuartzSchema.Prefix;
                ado.StoreJobDataAsStrings = true;
                ado.CommandTimeout = CommandTimeout;
                ado.DbRetryInterval = RetryInterval;
                ado.MisfireHandlerFrequency = MissedEach;
            });
        });
    }
}
