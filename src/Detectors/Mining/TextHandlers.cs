using System.Collections.Frozen;
using Watchdog.Detectors.Facts;

namespace Watchdog.Detectors.Mining;

/// <summary>Programs whose arguments are text about something and not what runs: an editor, a search, <c>echo</c>, a shell's or an interpreter's one-liner.</summary>
public static class TextHandlers
{
    private const double BusyCores = 0.25;
    private const double OldSeconds = 600;

    // Those that handle text about miners, fetch or compile their source, and those that start another program and wait for it.
    private static readonly FrozenSet<string> Programs = new[]
    {
        "grep", "egrep", "fgrep", "zgrep", "rg", "ag", "ack", "find", "ls", "cat", "zcat", "less", "more", "head", "tail", "sed", "awk", "gawk", "mawk", "vi", "vim", "nvim",
        "vim.basic", "nano", "emacs", "code", "code-server", "git", "git-remote-https", "ssh", "scp", "rsync", "curl", "wget", "tar", "unzip", "cp", "mv", "rm", "make", "gmake",
        "ninja", "cmake", "gcc", "g++", "cc", "c++", "clang", "clang++", "cc1", "cc1plus", "ld", "as", "ar", "go", "cargo", "rustc", "man", "tmux", "screen", "sshd", "su", "sudo",
        "diff", "patch", "apt", "apt-get", "dpkg", "docker", "dockerd", "buildkitd", "journalctl", "xargs", "echo", "printf", "yes", "sleep", "tee", "sort", "uniq", "wc", "cut",
        "tr", "strings", "jq", "logger", "watch", "timeout", "time", "strace", "coreutils",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Shells = new[] { "bash", "sh", "dash", "zsh", "ash", "fish", "busybox" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the program handles text: its arguments and its name's words say nothing about what runs.</summary>
    public static bool Is(GuestProcess process) => Holds(Programs, process);

    /// <summary>Whether the arguments are text: those of a shell, which is no miner, or an interpreter's one-liner (<c>python3 -c "print('xmrig')"</c>).</summary>
    public static bool IsScript(GuestProcess process) => Holds(Shells, process) || (IsOneLiner(process) && IsTrusted(process));

    // A miner could bear such a name: it counts where packages put programs, and elsewhere while the program is young or takes little.
    private static bool Holds(FrozenSet<string> names, GuestProcess process)
        => names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Executable.NameOf(process)) && IsTrusted(process);

    private static bool IsTrusted(GuestProcess process) => !Executable.IsOdd(process)
        && (Executable.IsPackaged(process) || Busy.Cores(process) < BusyCores || process.AgeSeconds < OldSeconds);

    // The interpreter's option for a program on the command line: python -c (-uc, -Ic), perl, ruby and node -e, php -r.
    private static bool IsOneLiner(GuestProcess process)
    {
        var name = Executable.NameOf(process);
        var letter = name.StartsWith("python", StringComparison.Ordinal) ? 'c'
            : name.StartsWith("perl", StringComparison.Ordinal) || name.StartsWith("ruby", StringComparison.Ordinal) || name is "node" or "nodejs" or "deno" or "lua" ? 'e'
            : name.StartsWith("php", StringComparison.Ordinal) ? 'r'
            : '\0';
        var args = process.Args.AsSpan();
        var options = args.IndexOf(' ') is var space and > 0 ? args[(space + 1)..] : default;
        var first = options.IndexOf(' ') is var end and > 0 ? options[..end] : options;
        return letter != '\0' && first.Length is >= 2 and <= 5 && first[0] == '-' && first[1] != '-' && first[^1] == letter;
    }
}
