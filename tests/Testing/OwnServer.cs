using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Watchdog.Storage.Cluster;

namespace Watchdog.Testing;

/// <summary>A PostgreSQL of one test alone, which may be stopped under those who use it; it ends, and its folder goes, with the test or its process.</summary>
public sealed class OwnServer : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly PrivateCluster cluster;
    private readonly Process undertaker;

    private OwnServer(DirectoryInfo folder, PrivateCluster cluster)
    {
        (this.folder, this.cluster) = (folder, cluster);
        undertaker = TestServer.Bury(folder.FullName);
    }

    /// <summary>Of its database, which has no schema at first.</summary>
    public string ConnectionString => cluster.ConnectionString;

    public static async Task<OwnServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("watchdog-drill-");
        return new(folder, await PrivateCluster.OpenAsync(
            folder.FullName, new ClusterSettings(Relaxed: true, MaxConnections: 300), TimeProvider.System, NullLogger.Instance, CancellationToken.None));
    }

    /// <summary>Ends every session and the server (fast shutdown), and starts it again; returns when it takes sessions.</summary>
    public async Task RestartAsync()
    {
        var pid = int.Parse(File.ReadLines(new ClusterFolder(folder.FullName).PidFile).First(), CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(pid);
        using (var sender = Process.Start("/bin/sh", ["-c", $"kill -INT {pid}"]))
        {
            await sender.WaitForExitAsync();
        }

        await server.WaitForExitAsync();
        await cluster.EnsureRunningAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        undertaker.StandardInput.Close();
        await undertaker.WaitForExitAsync();
        undertaker.Dispose();
    }
}
