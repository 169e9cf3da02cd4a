namespace Watchdog.Storage.Cluster;

/// <summary>Where PostgreSQL's own programs are on this machine.</summary>
/// <param name="Folder">Folder holding initdb, pg_ctl and postgres.</param>
internal sealed record ServerPrograms(string Folder)
{
    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    public string Initdb => Path.Combine(Folder, "initdb");
    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>Debian keeps each major version apart and off the PATH: the newest of those, then the PATH.</summary>
    /// <param name="versions">Folder of versions, <c>/usr/lib/postgresql</c>.</param>
    /// <param name="path">The PATH, colon-separated.</param>
    /// <exception cref="ClusterException">None is installed.</exception>
    public static ServerPrograms Find(string versions, string? path)
    {
        var newestFirst = Directory.Exists(versions)
            ? Directory.EnumerateDirectories(versions)
                .Select(d => (Folder: Path.Combine(d, "bin"), Major: int.TryParse(Path.GetFileName(d), out var major) ? major : 0))
                .OrderByDescending(v => v.Major).Select(v => v.Folder)
            : [];
        var onPath = (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return newestFirst.Concat(onPath).FirstOrDefault(f => Needed.All(n => File.Exists(Path.Combine(f, n)))) is { } found
            ? new ServerPrograms(found)
            : throw new ClusterException($"PostgreSQL is not installed (no initdb under {versions} nor on the PATH): "
                + "run scripts/bootstrap, or `apt-get install postgresql`, or set Storage:ConnectionString");
    }

    /// <summary>The programs that can serve a data folder made by <paramref name="major"/>: another major version cannot read it.</summary>
    public static ServerPrograms FindMajor(string versions, string? path, string major)
    {
        var exact = Path.Combine(versions, major, "bin");
        return Needed.All(n => File.Exists(Path.Combine(exact, n))) ? new ServerPrograms(exact) : Find(versions, path);
    }
}

/// <summary>The private cluster cannot be had; the message says what to do about it.</summary>
public sealed class ClusterException(string message) : Exception(message);
