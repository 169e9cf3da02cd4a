using System.Security.Cryptography;
using System.Text;

namespace Watchdog.Storage.Cluster;

/// <summary>What lies where in the data folder of a private cluster.</summary>
/// <param name="Root">The data folder itself, absolute.</param>
internal sealed record ClusterFolder(string Root)
{
    // A socket's path has 108 bytes in Linux's address, its closing zero included.
    private const int LongestSocketPath = 107;

    /// <summary>PostgreSQL's own folder, owned by the server's user; the socket lies in it, so that only its user and root reach it.</summary>
    public string Data => Path.Combine(Root, "postgres");
    public string Unfinished => Path.Combine(Root, "postgres.new");
    public string Password => Path.Combine(Root, "postgres.password");
    public string HandedPassword => Path.Combine(Unfinished + ".password");
    public string Lock => Path.Combine(Root, "postgres.lock");
    public string ServerLog => Path.Combine(Data, "server.log");
    public string PidFile => Path.Combine(Data, "postmaster.pid");
    public bool IsInitialised => File.Exists(Path.Combine(Data, "PG_VERSION"));

    /// <summary>The folder that the options, the environment and the user's rank lead to.</summary>
    public static string Default(string? configured, Func<string, string?> environment, bool isRoot)
    {
        if ((configured is { Length: > 0 } ? configured : environment("WATCHDOG_DATA")) is { Length: > 0 } said)
        {
            return Path.GetFullPath(said);
        }

        if (isRoot)
        {
            return "/var/lib/watchdog";
        }

        var data = environment("XDG_DATA_HOME") is { Length: > 0 } xdg ? xdg
            : environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".local", "share")
            : throw new ClusterException("neither HOME nor XDG_DATA_HOME is set: say where the data belongs with Storage:DataFolder or WATCHDOG_DATA");
        return Path.Combine(data, "watchdog");
    }

    /// <summary>Opens or makes the data folder.</summary>
    /// <exception cref="ClusterException">It cannot be made, or its path is too long for a socket.</exception>
    public static ClusterFolder Open(string root)
    {
        var folder = new ClusterFolder(Path.GetFullPath(root));
        var socket = Path.Combine(folder.Data, ".s.PGSQL.5432");
        if (Encoding.UTF8.GetByteCount(socket) > LongestSocketPath)
        {
            throw new ClusterException($"the data folder's path is too long for a socket in it ({socket}, at most {LongestSocketPath} bytes): choose a shorter one");
        }

        try
        {
            Directory.CreateDirectory(folder.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new ClusterException($"the data folder {folder.Root} cannot be made: {e.Message} Choose another with Storage:DataFolder or WATCHDOG_DATA");
        }

        return folder;
    }

    /// <summary>Writes a fresh random password, readable by the current user alone.</summary>
    public string NewPassword()
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        WriteSecret(Password, password);
        return password;
    }

    /// <summary>The password of the cluster that is there.</summary>
    public string ReadPassword()
    {
        try
        {
            return File.ReadAllText(Password).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException($"the password of the private cluster cannot be read: {e.Message} Run Watchdog as the user that made {Root}");
        }
    }

    public static void WriteSecret(string path, string secret)
    {
        File.Delete(path);
        using var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        stream.Write(Encoding.ASCII.GetBytes(secret));
        stream.Flush(flushToDisk: true);
    }
}
