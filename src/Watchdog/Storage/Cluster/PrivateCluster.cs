using Npgsql;

namespace Watchdog.Storage.Cluster;

/// <summary>
/// A PostgreSQL of Watchdog's own in its data folder, reached over a socket. Whoever comes first starts the server, later processes
/// attach to it, and the last to leave stops it. A process killed outright leaves the server running for the next to attach to.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    private const string User = "watchdog";
    private const string DatabaseName = "watchdog";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private const int LeavingLooks = 5;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private static int instances;

    private readonly ClusterFolder folder;
    private readonly ClusterSettings settings;
    private readonly TimeProvider wall;
    private readonly ILogger log;
    private readonly NpgsqlConnectionStringBuilder access;
    // One open session tells other processes that this one is here.
    private NpgsqlConnection? presence;

    private PrivateCluster(ClusterFolder folder, ClusterSettings settings, TimeProvider wall, ILogger log)
    {
        (this.folder, this.settings, this.wall, this.log) = (folder, settings, wall, log);
        access = new NpgsqlConnectionStringBuilder
        {
            Host = folder.Data,
            Port = 5432,
            Username = User,
            Database = DatabaseName,
            // Nothing is prepared by itself: Npgsql 10 may leave a session with a wrong statement where one fails as it is prepared (npgsql issue 6391).
            // Tells our own sessions from those of other processes.
            ApplicationName = $"watchdog {Environment.ProcessId}.{Interlocked.Increment(ref instances)}",
        };
    }

    /// <summary>The data folder.</summary>
    public string Folder => folder.Root;

    /// <summary>Connection string of database <c>watchdog</c>; it holds the password.</summary>
    public string ConnectionString => access.ConnectionString;

    /// <summary>Makes the cluster where there is none, starts it where it does not run, else attaches to it.</summary>
    /// <param name="dataFolder">The data folder; made when absent.</param>
    /// <param name="settings">How the server is run if it has to be started.</param>
    /// <param name="wall">Wall time: waiting for the server.</param>
    /// <param name="log">What was done.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="ClusterException">It cannot be had; the message says what to do.</exception>
    public static async Task<PrivateCluster> OpenAsync(
        string dataFolder, ClusterSettings settings, TimeProvider wall, ILogger log, CancellationToken ct)
    {
        var cluster = new PrivateCluster(ClusterFolder.Open(dataFolder), settings, wall, log);
        await cluster.EnsureRunningAsync(ct);
        return cluster;
    }

    /// <summary>Starts the server again if it does not answer; cheap when it does. Not for two callers at once.</summary>
    public async Task EnsureRunningAsync(CancellationToken ct)
    {
        if (presence is not null)
        {
            if (await ClusterSession.AnswersAsync(presence, ct) && await AcceptsAsync(ct))
            {
                return;
            }

            Log.ClusterLost(log, folder.Root);
            await presence.DisposeAsync();
            presence = null;
        }

        using var held = await FolderLock.TakeAsync(folder.Lock, wall, ct);
        var server = await ClusterServer.FindAsync(folder, log, ct);
        if (!folder.IsInitialised)
        {
            await server.InitialiseAsync(User, settings, ct);
        }

        access.Password = folder.ReadPassword();
        var session = await ConnectAsync(server, ct);
        await ClusterSession.EnsureDatabaseAsync(session, DatabaseName, ct);
        presence = session;
    }

    /// <summary>Leaves; stops the server unless another process has a session on it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (presence is null)
        {
            return;
        }

        using var held = await FolderLock.TakeAsync(folder.Lock, wall, CancellationToken.None);
        var others = await ClusterSession.CountOthersAsync(presence, access.ApplicationName!, CancellationToken.None);
        for (var look = 1; others > 0 && look < LeavingLooks; look++)
        {
            // One that has just left is seen for some moments more; who took it for a process that stays would leave the server to nobody.
            await Task.Delay(Between, wall);
            others = await ClusterSession.CountOthersAsync(presence, access.ApplicationName!, CancellationToken.None);
        }

        await presence.DisposeAsync();
        presence = null;
        if (others > 0)
        {
            Log.ClusterLeftRunning(log, folder.Root, others.Value);
            return;
        }

        var server = await ClusterServer.FindAsync(folder, log, CancellationToken.None);
        await server.StopAsync(CancellationToken.None);
    }

    // A session can outlive its postmaster by moments; only a new one shows that the server still takes sessions.
    private async Task<bool> AcceptsAsync(CancellationToken ct)
    {
        await using var fresh = await ClusterSession.TryOpenAsync(access, ct);
        return fresh is not null;
    }

    // Attaches where a server answers, waits where one is on its way up or down, starts one where there is none.
    private async Task<NpgsqlConnection> ConnectAsync(ClusterServer server, CancellationToken ct)
    {
        var since = wall.GetTimestamp();
        var started = false;
        while (true)
        {
            if (await ClusterSession.TryOpenAsync(access, ct) is { } session)
            {
                if (!started)
                {
                    Log.ClusterAttached(log, folder.Root);
                }

                return session;
            }

            var failure = "it does not answer";
            if (!await server.IsAliveAsync(ct))
            {
                // Fails while backends of a killed server still hold its shared memory: they leave within moments.
                var run = await server.StartAsync(settings, ct);
                started |= run.ExitCode == 0;
                failure = run.Output;
            }

            if (wall.GetElapsedTime(since) > Patience)
            {
                throw new ClusterException($"the private PostgreSQL in {folder.Root} cannot be used: {failure}\n{await server.LogTailAsync(ct)}");
            }

            await Task.Delay(Between, wall, ct);
        }
    }
}
