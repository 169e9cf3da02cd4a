using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Scheduling;
using Watchdog.Storage;
using Watchdog.Testing;

namespace Watchdog.Tests.Scheduling;

public sealed class DatabaseAwayTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("watchdog-away-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("Category", "Drill")]
    public async Task After_its_private_server_was_killed_a_worker_goes_on_by_itself()
    {
        var runs = new ConcurrentQueue<short>();
        var host = Build(new JobBodies(
            (scope, _) =>
            {
                runs.Enqueue(scope);
                return Task.CompletedTask;
            },
            (_, _) => Task.CompletedTask,
            (_, _) => Task.CompletedTask,
            _ => Task.CompletedTask,
            _ => Task.CompletedTask,
            (_, _) => Task.CompletedTask,
            (_, _) => Task.CompletedTask));
        await using var disposal = (IAsyncDisposable)host;
        await host.Services.GetRequiredService<Migrator>().MigrateAsync(default);
        await QuartzSchema.ProvisionAsync(host.Services.GetRequiredService<NpgsqlDataSource>(), NullLoggerFactory.Instance, default);
        await host.StartAsync();
        await Until.TrueAsync(() => Task.FromResult(!runs.IsEmpty));

        using var postmaster = Process.GetProcessById(int.Parse(
            File.ReadLines(Path.Combine(folder, "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture));
        postmaster.Kill();
        await postmaster.WaitForExitAsync();
        runs.Clear();

        await Until.TrueAsync(() => Task.FromResult(runs.Count > 3));
        await host.StopAsync();
    }

    private IHost Build(JobBodies bodies)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
        [
            new("Storage:DataFolder", folder), new("Storage:RelaxedDurability", "true"), new("Logging:LogLevel:Default", "None"),
        ]);
        builder.Services.AddSingleton<DefaultRegion>(() => "eu-west-1");
        builder.Services.AddSingleton(new Timetable("fast", _ => "* * * * * ?", _ => "0 * * * * ?", _ => "0 * * * * ?", "0 * * * * ?", "0 * * * * ?", _ => "0 * * * * ?", _ => "0 * * * * ?"));
        builder.Services.AddSingleton(bodies);
        builder.Services.AddInventory().AddDiagnostics(builder.Configuration).AddStorage(builder.Configuration).AddScheduling(builder.Configuration);
        return builder.Build();
    }
}
