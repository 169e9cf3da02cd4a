using System.CommandLine;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Scheduling;
using Watchdog.Storage;

namespace Watchdog.Cli;

/// <summary><c>watchdog migrate</c>: brings the database's schema forward, under a role that may create tables.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database's schema up to this version. Safe to run again, and from several machines at once.");
        command.SetAction((parse, ct) => CommandEdge.RunAsync(async () =>
        {
            var builder = CliHost.Create(parse, quiet: LogLevel.Warning);
            builder.Services.AddDiagnostics(builder.Configuration).AddStorage(builder.Configuration);
            using var host = builder.Build();
            await using var services = (IAsyncDisposable)host;
            var migrator = host.Services.GetRequiredService<Migrator>();
            var applied = await migrator.MigrateAsync(ct);
            foreach (var migration in applied)
            {
                Console.WriteLine($"applied {migration.Version:D4}_{migration.Name}");
            }

            await QuartzSchema.ProvisionAsync(
                host.Services.GetRequiredService<NpgsqlDataSource>(), host.Services.GetRequiredService<ILoggerFactory>(), ct);
            await migrator.VerifyAsync(ct);
            Console.WriteLine(applied.Count == 0 ? "The schema is current; nothing to do." : "The schema is current.");
            return ExitCodes.Ok;
        }, ct));
        return command;
    }
}
