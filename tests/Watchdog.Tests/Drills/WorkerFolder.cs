using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Watchdog.Storage.Cluster;

namespace Watchdog.Tests.Drills;

/// <summary>The data folder of a worker under drill, with a look into its private database; the server ends and the folder goes with it.</summary>
internal sealed class WorkerFolder : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("watchdog-drill-");

    public string Path => folder.FullName;

    /// <summary>The rows of a query; none while the server or its tables are not there.</summary>
    public async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        var settings = new ClusterFolder(Path);
        var rows = new List<T>();
        if (!File.Exists(settings.PidFile))
        {
            return rows;
        }

        try
        {
            // An unpooled session beside the worker's own; it is gone after the query, so that it holds no server alive.
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
            {
                Host = settings.Data, Username = "watchdog", Password = settings.ReadPassword(), Database = "watchdog", Pooling = false, Timeout = 10,
            }.ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        catch (NpgsqlException)
        {
            return [];
        }
    }

    /// <summary>One number; null while the server or its tables are not there.</summary>
    public async Task<long?> CountAsync(string sql) => (await ReadAsync(sql, reader => (long?)reader.GetInt64(0))).FirstOrDefault();

    /// <summary>Asks until the number is at least this; false when it did not become so within the time.</summary>
    public async Task<bool> ReachesAsync(string sql, long least, TimeSpan patience)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < patience)
        {
            if (await CountAsync(sql) >= least)
            {
                return true;
            }

            await Task.Delay(Between, TimeProvider.System);
        }

        return false;
    }

    /// <summary>SIGKILL to the private server, as the machine's memory killer sends it.</summary>
    public async Task KillServerAsync()
    {
        if (Postmaster() is { } server)
        {
            using (server)
            {
                server.Kill();
                await server.WaitForExitAsync();
            }
        }
    }

    /// <summary>Opens the server for a while, where no worker holds it; it stops when this is disposed of.</summary>
    public Task<PrivateCluster> OpenAsync() =>
        PrivateCluster.OpenAsync(Path, new ClusterSettings(Relaxed: true), TimeProvider.System, NullLogger.Instance, default);

    public async ValueTask DisposeAsync()
    {
        // Attaching and leaving stops a server that a killed worker left behind.
        if (File.Exists(new ClusterFolder(Path).PidFile))
        {
            await using var cluster = await OpenAsync();
        }

        folder.Delete(recursive: true);
    }

    private Process? Postmaster()
    {
        try
        {
            return Process.GetProcessById(int.Parse(File.ReadLines(new ClusterFolder(Path).PidFile).First(), CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return null;
        }
    }
}
