using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Watchdog.Storage;
using Watchdog.Storage.Cluster;

namespace Watchdog.Bench.Slo;

/// <summary>The cluster with the settings that <c>watchdog</c> runs it by, and a way to make it forget what it has in memory.</summary>
internal sealed class ColdCluster(string folder) : IAsyncDisposable
{
    private PrivateCluster? _cluster;
    private NpgsqlDataSource? _database;

    /// <summary>The server's process, while it runs.</summary>
    public int ServerPid => int.Parse(File.ReadLines(Path.Combine(folder, "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>The database, as it is.</summary>
    public async Task<NpgsqlDataSource> OpenAsync(CancellationToken ct)
    {
        _cluster ??= await PrivateCluster.OpenAsync(folder, new(), TimeProvider.System, NullLogger.Instance, ct);
        return _database ??= DataSources.Create(_cluster.ConnectionString, new() { CommandTimeoutSeconds = 600 }, null);
    }

    /// <summary>The database after a restart, none of its files in the kernel's memory; one session is open.</summary>
    public async Task<NpgsqlDataSource> OpenColdAsync(CancellationToken ct)
    {
        await DisposeAsync();
        // Only the cluster's own files: the rest of the machine keeps its memory. dd with count=0 reads nothing and drops a file's pages.
        const string script = """sync -f "$0"; find "$0/postgres" -type f -size +64k -exec dd if={} iflag=nocache count=0 status=none \;""";
        using var forget = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script, folder]))!;
        await forget.WaitForExitAsync(ct);
        if (forget.ExitCode != 0)
        {
            throw new InvalidOperationException($"The files of {folder} cannot be dropped from memory: dd ended with {forget.ExitCode}.");
        }

        var database = await OpenAsync(ct);
        await using var session = await database.OpenConnectionAsync(ct);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
            _database = null;
        }

        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
            _cluster = null;
        }
    }
}
