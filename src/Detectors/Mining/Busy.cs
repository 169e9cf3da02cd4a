using Watchdog.Detectors.Facts;

namespace Watchdog.Detectors.Mining;

/// <summary>Which process the CPU belongs to.</summary>
public static class Busy
{
    /// <summary>A process's lifetime share, cores; 0 when its age is unknown.</summary>
    public static double Cores(GuestProcess process)
        => process.AgeSeconds > 0 && double.IsFinite(process.CpuSeconds) ? Math.Max(0, process.CpuSeconds) / process.AgeSeconds : 0;

    /// <summary>The process with the most cores over its lifetime among those at least <paramref name="leastAge"/> seconds old; null when there is none.</summary>
    public static GuestProcess? Top(GuestSnapshot snapshot, double leastAge)
    {
        GuestProcess? top = null;
        foreach (var process in snapshot.TopProcesses)
        {
            if (process.AgeSeconds >= leastAge && (top is null || Cores(process) > Cores(top)))
            {
                top = process;
            }
        }

        return top;
    }

    /// <summary>Cores that a process took between two looks; NaN where the earlier one does not show it, or lies less than a minute before.</summary>
    public static double CoresSince(GuestProcess process, GuestSnapshot? earlier)
    {
        foreach (var before in earlier?.TopProcesses ?? [])
        {
            // Same pid and no younger than it was: the same process.
            if (before.Pid == process.Pid && process.AgeSeconds - before.AgeSeconds is var seconds and >= 60)
            {
                return Math.Max(0, process.CpuSeconds - before.CpuSeconds) / seconds;
            }
        }

        return double.NaN;
    }

    /// <summary>Cores that honest work takes, over the lifetimes of its processes, where <paramref name="honest"/> says which are honest.</summary>
    public static double CoresOf(GuestSnapshot snapshot, Func<GuestProcess, bool> honest)
    {
        double sum = 0;
        foreach (var process in snapshot.TopProcesses)
        {
            sum += honest(process) ? Math.Min(Cores(process), Math.Max(1, process.Threads)) : 0;
        }

        return sum;
    }

    /// <summary>Cores of all listed processes.</summary>
    public static double CoresOfAll(GuestSnapshot snapshot) => CoresOf(snapshot, static _ => true);

    /// <summary>Whether a session was active in the last quarter of an hour.</summary>
    public static bool SessionActive(GuestSnapshot snapshot)
    {
        foreach (var session in snapshot.Sessions)
        {
            if (session.IdleSeconds < 900)
            {
                return true;
            }
        }

        return false;
    }
}
