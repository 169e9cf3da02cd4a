using Microsoft.Extensions.Logging.Abstractions;
using Watchdog.Bench.Fleet;
using Watchdog.Storage;
using Watchdog.Storage.Cluster;

namespace Watchdog.Bench.Week;

/// <summary>A week's Postgres with the schema, as the worker would start it itself; it stays when the worker is killed.</summary>
internal sealed class WeekCluster : IAsyncDisposable
{
    private readonly DataFolder folder = new();
    private PrivateCluster? cluster;

    private WeekCluster()
    {
    }

    public string ConnectionString => cluster!.ConnectionString;

    public static async Task<WeekCluster> StartAsync(CancellationToken ct)
    {
        var week = new WeekCluster();
        try
        {
            week.cluster = await PrivateCluster.OpenAsync(week.folder.Path, new(Relaxed: true), TimeProvider.System, NullLogger.Instance, ct);
            await using var database = DataSources.Create(week.ConnectionString, new(), null);
            await new Migrator(database, Migration.Embedded, TimeProvider.System, NullLogger<Migrator>.Instance).MigrateAsync(ct);
            return week;
        }
        catch
        {
            await week.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }

        await folder.DisposeAsync();
    }
}
