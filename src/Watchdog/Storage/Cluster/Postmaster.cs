using System.Globalization;

namespace Watchdog.Storage.Cluster;

/// <summary>What <c>postmaster.pid</c> says, held against the processes that there are.</summary>
internal static class Postmaster
{
    /// <summary>
    /// The process id in the file when that process is no server of this folder: it died without tidying up, and the number may
    /// belong to somebody else by now. Null when there is no file, or the server lives.
    /// </summary>
    public static async Task<int?> StaleAsync(ClusterFolder folder, ServerAccount account, CancellationToken ct)
    {
        if (!File.Exists(folder.PidFile))
        {
            return null;
        }

        var text = await account.ReadAsync(folder.PidFile, ct) ?? "";
        return !int.TryParse(text.Split('\n')[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var pid) ? 0
            : await ServesAsync(Math.Abs(pid).ToString(CultureInfo.InvariantCulture), folder, account, ct) ? null
            : pid;
    }

    // Asked as the server's own user: root in a container may not look at another user's processes.
    private static async Task<bool> ServesAsync(string pid, ClusterFolder folder, ServerAccount account, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
        {
            return (await ProgramRun.RunAsync([.. account.Prefix, "kill", "-0", pid], ct)).ExitCode == 0;
        }

        // The server's working directory is its data folder: that tells it from any other process under a reused number.
        var place = await ProgramRun.RunAsync([.. account.Prefix, "readlink", $"/proc/{pid}/cwd"], ct);
        var data = await ProgramRun.RunAsync(["readlink", "-f", folder.Data], ct);
        return place.ExitCode == 0 && place.Output == data.Output;
    }
}
