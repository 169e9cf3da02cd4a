using System.Globalization;

namespace Watchdog.Storage.Cluster;

/// <summary>What <c>postmaster.pid</c> says, held against the processes that there are.</summary>
internal static class Postmaster
{
    /// <summary>
    /// The process id in the file when that process is no server of this folder: it died without tidying up, and the number may
    /// belong to somebody else by now. Null when there is no file, or the server lives.
    /// </summary>
    public static int? Stale(ClusterFolder folder)
    {
        if (!File.Exists(folder.PidFile))
        {
            return null;
        }

        var first = File.ReadLines(folder.PidFile).FirstOrDefault();
        if (!int.TryParse(first, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var pid))
        {
            return 0;
        }

        return Serves(Math.Abs(pid), folder) ? null : pid;
    }

    // The server's working directory is its data folder: that tells it from any other process under a reused number.
    private static bool Serves(int pid, ClusterFolder folder)
    {
        try
        {
            var place = new FileInfo($"/proc/{pid}/cwd").ResolveLinkTarget(returnFinalTarget: false)?.FullName;
            return place is not null && place == Real(folder.Data);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone, or somebody else's whom we may not look at. The server runs as us or below us, so it is not that one.
            return false;
        }
    }

    private static string Real(string path)
    {
        var real = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            real = new DirectoryInfo(next).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next;
        }

        return real;
    }
}
