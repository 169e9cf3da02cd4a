using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Watchdog.Bench.Fleet;
using Watchdog.Bench.Slo.Books;
using Watchdog.Storage;
using Watchdog.Storage.Cluster;

namespace Watchdog.Bench.Suites;

/// <summary>The Postgres of the suites: one for all, with the settings that <c>watchdog</c> gives it, and a small fleet's books in it.</summary>
internal sealed class SuiteCluster : IAsyncDisposable
{
    /// <summary>VMs of the books.</summary>
    public const int BookVms = 10_000;
    /// <summary>Days of the books.</summary>
    public const int Days = 30;

    private readonly DataFolder _folder = new();
    private PrivateCluster? _cluster;
    private NpgsqlDataSource? _database;

    private SuiteCluster()
    {
    }

    /// <summary>The one that runs now. BenchmarkDotNet makes the suites itself and hands them nothing.</summary>
    public static NpgsqlDataSource Database { get; private set; } = null!;

    public static async Task<SuiteCluster> StartAsync(CancellationToken ct)
    {
        var suite = new SuiteCluster();
        suite._cluster = await PrivateCluster.OpenAsync(suite._folder.Path, new(), TimeProvider.System, NullLogger.Instance, ct);
        Database = suite._database = DataSources.Create(suite._cluster.ConnectionString, new() { CommandTimeoutSeconds = 600 }, null);
        await new Migrator(Database, Migration.Embedded, TimeProvider.System, NullLogger<Migrator>.Instance).MigrateAsync(ct);
        await new MadeBooks(Database, new(BookVms), Days).MakeAsync(_ => { }, ct);
        await using var settle = Database.CreateCommand("vacuum (analyze) slo_vm, slo_group, slo_key, slo_interval, slo_five_minutes, slo_daily");
        settle.CommandTimeout = 0;
        await settle.ExecuteNonQueryAsync(ct);
        return suite;
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        await _folder.DisposeAsync();
    }
}
