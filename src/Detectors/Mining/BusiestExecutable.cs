using Watchdog.Detectors.Facts;

namespace Watchdog.Detectors.Mining;

/// <summary>Which program the CPU belongs to, by its file: the many short processes of a build are one.</summary>
public static class BusiestExecutable
{
    private const int Longest = 128;

    /// <summary>Path of the executable whose processes take the most cores over their lifetimes, its last 128 characters, made safe to keep.</summary>
    /// <returns>Null when no listed process takes CPU, or the path of those that do is unknown.</returns>
    public static string? Of(GuestSnapshot snapshot)
    {
        var most = snapshot.TopProcesses.GroupBy(static process => Executable.PathOf(process).ToString(), StringComparer.Ordinal)
            .Select(static group => (Path: group.Key, Cores: group.Sum(Busy.Cores))).Where(static group => group.Cores > 0)
            .OrderByDescending(static group => group.Cores).ThenBy(static group => group.Path, StringComparer.Ordinal).FirstOrDefault();
        return string.IsNullOrEmpty(most.Path) ? null : Kept(most.Path);
    }

    /// <summary>A path as it is kept: its last 128 characters, made safe.</summary>
    public static string Kept(string path) => Told.Of(path.Length > Longest ? path[^Longest..] : path, Longest);
}
