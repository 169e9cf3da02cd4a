namespace Watchdog.Storage.Cluster;

/// <summary>The server's programs, run on one data folder by the right user. Callers hold the folder's lock.</summary>
internal sealed class ClusterServer(ClusterFolder folder, ServerPrograms programs, ServerAccount account, ILogger log)
{
    private const string Versions = "/usr/lib/postgresql";

    public static async Task<ClusterServer> FindAsync(ClusterFolder folder, ILogger log, CancellationToken ct)
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        var account = await ServerAccount.ChooseAsync(folder, ct);
        var version = await account.ReadAsync(Path.Combine(folder.Data, "PG_VERSION"), ct);
        var programs = version is null ? ServerPrograms.Find(Versions, path) : ServerPrograms.FindMajor(Versions, path, version);
        return new ClusterServer(folder, programs, account, log);
    }

    /// <summary>Whether some process serves the folder; removes a pid file that says so wrongly.</summary>
    public async Task<bool> IsAliveAsync(CancellationToken ct)
    {
        if (!File.Exists(folder.PidFile))
        {
            return false;
        }

        if (await Postmaster.StaleAsync(folder, account, ct) is not { } pid)
        {
            return true;
        }

        Log.ClusterStalePid(log, folder.Root, pid);
        File.Delete(folder.PidFile);
        return false;
    }

    /// <summary>Makes the cluster beside its place and moves it there when whole: a killed initdb leaves nothing half made.</summary>
    public async Task InitialiseAsync(string user, ClusterSettings settings, CancellationToken ct)
    {
        if (Directory.Exists(folder.Unfinished))
        {
            Directory.Delete(folder.Unfinished, recursive: true);
        }

        await account.MakeFolderAsync(folder.Unfinished, ct);
        ClusterFolder.WriteSecret(folder.HandedPassword, folder.NewPassword());
        try
        {
            await account.OwnAsync(folder.HandedPassword, ct);
            (await ProgramRun.RunAsync(
                [.. account.Prefix, programs.Initdb, "-D", folder.Unfinished, "-U", user, "-A", "scram-sha-256", "--pwfile", folder.HandedPassword,
                    "-E", "UTF8", "--locale=C", "--no-instructions", .. settings.Relaxed ? ["--no-sync"] : Array.Empty<string>()], ct)).Require("make a PostgreSQL cluster in " + folder.Root);
        }
        finally
        {
            File.Delete(folder.HandedPassword);
        }

        Directory.Move(folder.Unfinished, folder.Data);
        Log.ClusterInitialised(log, folder.Root);
    }

    /// <summary>Starts the server, in a session of its own so that it outlives this process.</summary>
    public async Task<ProgramRun> StartAsync(ClusterSettings settings, CancellationToken ct)
    {
        var run = await PgCtlAsync(ct, "start", "-w", "-t", "60", "-l", folder.ServerLog, "-o", settings.ServerOptions());
        if (run.ExitCode == 0)
        {
            Log.ClusterStarted(log, folder.Root);
        }

        return run;
    }

    public async Task StopAsync(CancellationToken ct)
    {
        if (!await IsAliveAsync(ct))
        {
            return;
        }

        (await PgCtlAsync(ct, "stop", "-w", "-t", "60", "-m", "fast")).Require("stop the private PostgreSQL");
        Log.ClusterStopped(log, folder.Root);
    }

    /// <summary>The last lines that the server wrote.</summary>
    public async Task<string> LogTailAsync(CancellationToken ct) =>
        (await ProgramRun.RunAsync([.. account.Prefix, "tail", "-n", "5", folder.ServerLog], ct)).Output;

    private Task<ProgramRun> PgCtlAsync(CancellationToken ct, params string[] arguments) =>
        ProgramRun.RunAsync([.. account.Prefix, programs.PgCtl, "-D", folder.Data, "-s", .. arguments], ct);
}
