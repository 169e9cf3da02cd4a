using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Scheduling;
using Watchdog.Storage;

namespace Watchdog.Cli;

/// <summary>
/// What a command asks of its settings and of the schema before it touches a table. A private cluster has no other program, so it is brought up to date
/// on the way; a database that was given by connection string is only verified, since its tables are a person's to change (`watchdog migrate`).
/// </summary>
internal static class SchemaGate
{
    public static async Task PassAsync(IServiceProvider services, CancellationToken ct, bool withScheduler = false)
    {
        SettingsCheck.Run(services);
        var migrator = services.GetRequiredService<Migrator>();
        if (string.IsNullOrWhiteSpace(services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString))
        {
            await migrator.MigrateAsync(ct);
            if (withScheduler)
            {
                await QuartzSchema.ProvisionAsync(
                    services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<ILoggerFactory>(), ct);
            }
        }

        await migrator.VerifyAsync(ct);
        if (withScheduler)
        {
            await QuartzSchema.VerifyAsync(services.GetRequiredService<NpgsqlDataSource>(), ct);
        }
    }
}
