using System.Collections.Frozen;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Mining;

namespace Watchdog.Detectors.Abuse;

/// <summary>Who started a process, where the look shows it: a shell, a terminal, a timer or a queue waits for its job's end.</summary>
internal static class Launcher
{
    private static readonly FrozenSet<string> Programs = new[]
    {
        "bash", "sh", "dash", "zsh", "ash", "fish", "ksh", "busybox", "tmux", "screen", "su", "sudo", "sshd", "cron", "crond", "atd", "nohup", "timeout", "nice", "time", "parallel", "xargs",
        "make", "ninja", "snakemake", "nextflow", "slurmstepd", "condor_starter", "pbs_mom", "mpirun", "orted", "jupyter-lab", "jupyter-noteboo",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The waiting parent; null where it is none of these, or not shown.</summary>
    public static GuestProcess? Of(GuestProcess process, GuestSnapshot snapshot)
    {
        foreach (var parent in snapshot.TopProcesses)
        {
            if (parent.Pid == process.ParentPid && parent.Pid != process.Pid)
            {
                return Programs.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Executable.NameOf(parent)) ? parent : null;
            }
        }

        return null;
    }
}
