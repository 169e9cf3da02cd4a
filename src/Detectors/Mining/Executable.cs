using Watchdog.Detectors.Facts;

namespace Watchdog.Detectors.Mining;

/// <summary>What a process really runs: its executable's name, and the fallback where the path is not readable.</summary>
public static class Executable
{
    // Beginnings of the names that Linux gives its own threads (ps of an idle Debian 12); none of them has an executable.
    private static readonly string[] KernelThreads =
    [
        "kworker", "ksoftirqd", "kthread", "kswapd", "migration/", "rcu_", "kdevtmpfs", "kcompactd", "khugepaged", "khungtaskd", "kblockd", "kauditd",
        "kintegrityd", "ksmd", "cpuhp/", "idle_inject/", "oom_reaper", "mm_percpu_wq", "jbd2/", "scsi_eh_", "irq/",
    ];

    private static readonly string[] Packages = ["/usr/", "/bin/", "/sbin/", "/opt/", "/snap/", "/nix/store/", "/gnu/store/", "/home/linuxbrew/"];

    /// <summary>File name of the executable; the process's own name where the path is empty.</summary>
    public static ReadOnlySpan<char> NameOf(GuestProcess process)
    {
        var path = PathOf(process);
        return path.IsEmpty ? process.Comm : path[(path.LastIndexOf('/') + 1)..];
    }

    /// <summary>The executable's path without the kernel's " (deleted)".</summary>
    public static ReadOnlySpan<char> PathOf(GuestProcess process)
    {
        var path = process.Exe.AsSpan().Trim();
        return path.EndsWith(" (deleted)", StringComparison.Ordinal) ? path[..^10] : path;
    }

    /// <summary>Whether it lies where no package manager puts programs: a temporary folder, shared memory, or deleted.</summary>
    public static bool IsOdd(GuestProcess process)
    {
        var path = PathOf(process);
        return process.ExeDeleted || path.StartsWith("/tmp/", StringComparison.Ordinal) || path.StartsWith("/var/tmp/", StringComparison.Ordinal)
            || path.StartsWith("/dev/shm/", StringComparison.Ordinal) || path.StartsWith("/memfd:", StringComparison.Ordinal);
    }

    /// <summary>Whether it lies where a package manager or an image puts programs; where the path is unknown, nothing says otherwise.</summary>
    public static bool IsPackaged(GuestProcess process)
    {
        var path = PathOf(process);
        if (path.IsEmpty)
        {
            return true;
        }

        foreach (var folder in Packages)
        {
            if (path.StartsWith(folder, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it bears a kernel thread's name (<c>kworker/0:1</c>, <c>[kthreadd]</c>) and yet has an executable behind it.</summary>
    public static bool ForgesKernelThread(GuestProcess process)
    {
        if (PathOf(process).IsEmpty)
        {
            return false;
        }

        if (process.Args.StartsWith('['))
        {
            return true;
        }

        var name = process.Comm.AsSpan().Trim("[]");
        foreach (var thread in KernelThreads)
        {
            if (name.StartsWith(thread, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
