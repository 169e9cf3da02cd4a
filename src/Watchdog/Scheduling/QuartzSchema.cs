using System.Data.Common;
using Npgsql;
using Quartz;
using Watchdog.Storage;

namespace Watchdog.Scheduling;

/// <summary>The scheduler's own tables: made by <c>watchdog migrate</c> after ours, only checked by workers.</summary>
public static class QuartzSchema
{
    internal const string Prefix = "qrtz_";

    /// <summary>Checks that the tables are there.</summary>
    /// <exception cref="SchemaException">They are not; the message says what to do.</exception>
    public static async Task VerifyAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select to_regclass('{Prefix}triggers') is not null");
        if (!(bool)(await command.ExecuteScalarAsync(ct))!)
        {
            throw new SchemaException($"the database lacks the scheduler's tables ({Prefix}*): run `watchdog migrate`");
        }
    }

    /// <summary>Makes what is missing of the scheduler's tables, by a role that may; nothing is ever altered or dropped.</summary>
    public static async Task ProvisionAsync(NpgsqlDataSource database, ILoggerFactory loggers, CancellationToken ct)
    {
        var services = new ServiceCollection();
        services.AddSingleton(loggers);
        services.AddLogging();
        services.AddSingleton<DbDataSource>(database);
        services.AddQuartz(quartz => quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(source => source.UseRegisteredDataSource = true);
            store.UseSystemTextJsonSerializer();
            store.ConfigureStore(ado => ado.TablePrefix = Prefix);
            store.ProvisionSchema();
        }));
        await using var provider = services.BuildServiceProvider();
        // Building a scheduler provisions its store; it is never started.
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler(ct);
        await scheduler.Shutdown(waitForJobsToComplete: false, ct);
    }
}
