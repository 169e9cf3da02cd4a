namespace Watchdog.Storage.Cluster;

/// <summary>
/// The system user that runs the server. PostgreSQL refuses root, so root steps down to whoever owns the data already, else to
/// <c>postgres</c>; everybody else runs it as themselves.
/// </summary>
/// <param name="Uid">Numeric user id to step down to; null for the current user.</param>
/// <param name="Gid">Its group id; null for the current one.</param>
internal sealed record ServerAccount(string? Uid, string? Gid)
{
    private static readonly ServerAccount Self = new(null, null);

    public string[] Prefix => Uid is null ? [] : ["setpriv", $"--reuid={Uid}", $"--regid={Gid}", "--clear-groups", "--"];

    /// <summary>Decides the account, and sees to it that it can reach the folder.</summary>
    public static async Task<ServerAccount> ChooseAsync(ClusterFolder folder, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return Self;
        }

        var (uid, gid) = Directory.Exists(folder.Data) ? await OwnerAsync(folder.Data, ct) : await PostgresAsync(ct);
        if (uid == "0")
        {
            throw new ClusterException($"{folder.Data} belongs to root, and PostgreSQL does not run as root: give it to a user with `chown -R postgres {folder.Data}`");
        }

        var account = new ServerAccount(uid, gid);
        await account.RequireEntryAsync(folder.Root, ct);
        return account;
    }

    /// <summary>Makes an empty folder that the account alone can open.</summary>
    public async Task MakeFolderAsync(string path, CancellationToken ct)
    {
        if (Uid is null)
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }

        (await ProgramRun.RunAsync(["install", "-d", "-m", "0700", "-o", Uid, "-g", Gid!, path], ct)).Require("make " + path);
    }

    /// <summary>Hands a file to the account.</summary>
    public async Task OwnAsync(string path, CancellationToken ct)
    {
        if (Uid is not null)
        {
            (await ProgramRun.RunAsync(["chown", $"{Uid}:{Gid}", path], ct)).Require("hand over " + path);
        }
    }

    /// <summary>The trimmed text of a small file as the account sees it; null when there is none.</summary>
    public async Task<string?> ReadAsync(string path, CancellationToken ct)
    {
        var run = await ProgramRun.RunAsync([.. Prefix, "cat", path], ct);
        return run.ExitCode == 0 ? run.Output : null;
    }

    private static async Task<(string Uid, string Gid)> OwnerAsync(string path, CancellationToken ct)
    {
        var words = (await ProgramRun.RunAsync(["stat", "-c", "%u %g", path], ct)).Require("read the owner of " + path).Split(' ');
        return (words[0], words[1]);
    }

    private static async Task<(string Uid, string Gid)> PostgresAsync(CancellationToken ct)
    {
        var uid = await ProgramRun.RunAsync(["id", "-u", "postgres"], ct);
        if (uid.ExitCode != 0)
        {
            throw new ClusterException("PostgreSQL does not run as root and this machine has no user named postgres: run scripts/bootstrap, or start Watchdog as another user");
        }

        return (uid.Output, (await ProgramRun.RunAsync(["id", "-g", "postgres"], ct)).Require("read the group of postgres"));
    }

    private async Task RequireEntryAsync(string folder, CancellationToken ct)
    {
        // The data folder is ours to open for passage; the folders above it are not.
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        var entry = await ProgramRun.RunAsync([.. Prefix, "test", "-x", folder], ct);
        if (entry.ExitCode != 0)
        {
            throw new ClusterException($"the system user with id {Uid}, who runs the private PostgreSQL when Watchdog runs as root, cannot enter {folder}: "
                + "choose a folder that it can reach (Storage:DataFolder or WATCHDOG_DATA), or `chmod o+x` the folders above it");
        }
    }
}
