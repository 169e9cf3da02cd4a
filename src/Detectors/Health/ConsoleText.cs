using System.Buffers;
using Watchdog.Detectors.Mining;

namespace Watchdog.Detectors.Health;

/// <summary>Telling lines of the serial console and of the kernel log. The text is the guest's: bounded, matched line by line, never trusted alone.</summary>
public static class ConsoleText
{
    private const int LongestTail = 65_536;

    /// <summary>The kernel is dead. Source: texts of the Linux kernel.</summary>
    public static readonly SearchValues<string> Panic = SearchValues.Create(
        ["Kernel panic - not syncing", "end Kernel panic", "VFS: Unable to mount root", "Unable to mount root fs"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The kernel hangs or cannot go on. Source: node-problem-detector's kernel list and kernel texts.</summary>
    public static readonly SearchValues<string> Lockup = SearchValues.Create(
        ["soft lockup - CPU", "hard LOCKUP", "detected stalls on", "self-detected stall", "BUG: unable to handle", "You are in emergency mode", "Entering emergency mode",
            "Attempted to kill init", "Shutting down filesystem", "divide error: 0000"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Memory ran out: a warning, not death.</summary>
    public static readonly SearchValues<string> Oom = SearchValues.Create(
        ["Out of memory: Killed", "oom-kill:", "invoked oom-killer"], StringComparison.OrdinalIgnoreCase);

    /// <summary>fork fails. Source: bash's and the pids controller's texts.</summary>
    public static readonly SearchValues<string> ForkFails = SearchValues.Create(
        ["fork: retry: Resource temporarily unavailable", "fork: Resource temporarily unavailable", "fork rejected by pids controller", "fork: Cannot allocate memory"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>The newest line that holds one of the texts, made safe to print; null when there is none or the text is absent.</summary>
    /// <param name="tail">Console text; of more than 64 Ki characters the end counts.</param>
    /// <param name="texts">What to look for.</param>
    public static string? Find(string? tail, SearchValues<string> texts)
    {
        if (tail is null)
        {
            return null;
        }

        var text = tail.Length > LongestTail ? tail.AsSpan(tail.Length - LongestTail) : tail.AsSpan();
        string? found = null;
        foreach (var line in text.EnumerateLines())
        {
            var at = line.IndexOfAny(texts);
            found = at >= 0 ? Told.Of(line[at..].ToString()) : found;
        }

        return found;
    }
}
