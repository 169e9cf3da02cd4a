using System.Collections.Frozen;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Mining;

namespace Watchdog.Detectors.Abuse;

/// <summary>
/// Programs whose trade is waiting: for a person (shells, editors, pagers, browsers, language servers) or for requests (daemons, servers, services).
/// Computing alone is none of their work, so that one which spins for long is stuck; of a program that computes, nothing says so.
/// </summary>
public static class Waiting
{
    private static readonly FrozenSet<string> Programs = new[]
    {
        // For a person.
        "bash", "sh", "dash", "zsh", "ash", "fish", "ksh", "vi", "vim", "vim.basic", "vim.tiny", "nvim", "nano", "emacs", "less", "more", "man", "top", "htop", "tmux", "screen", "ssh",
        "gnome-shell", "gnome-terminal-server", "Xorg", "Xwayland", "plasmashell", "kwin_x11", "chrome", "chromium", "firefox", "firefox-esr", "code", "code-server", "clangd", "gopls",
        "rust-analyzer", "pylsp", "pyright", "jdtls", "yes",
        // For requests, a time, or the kernel.
        "systemd", "systemd-logind", "systemd-journald", "systemd-udevd", "systemd-resolved", "systemd-networkd", "dbus-daemon", "cron", "crond", "atd", "sshd", "rsyslogd", "chronyd",
        "polkitd", "snapd", "packagekitd", "udisksd", "NetworkManager", "dhclient", "irqbalance", "auditd", "amazon-ssm-agent", "amazon-cloudwatch-agent", "containerd", "dockerd",
        "nginx", "apache2", "httpd", "php-fpm", "gunicorn", "uvicorn", "uwsgi", "haproxy", "caddy", "memcached", "rabbitmq-server", "tracker-miner-fs-3", "gvfsd", "pipewire", "pulseaudio",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Words of a file's name, or an option's: what is called so is there to be asked.
    private static readonly FrozenSet<string> Words = new[]
    {
        "server", "service", "daemon", "bot", "listener", "consumer", "scheduler", "clock", "watcher", "proxy", "gateway", "broker", "exporter", "notifier", "poller", "webapp", "index.js",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Options = new[] { "--port", "--listen", "--bind", "--daemon", "--host" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What says so, in words for a sentence; null where nothing does.</summary>
    public static string? Of(GuestProcess process)
    {
        if (Executable.IsOdd(process))
        {
            return null;
        }

        var name = Executable.NameOf(process);
        if (Programs.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
        {
            return $"{Told.Of(name.ToString())} is a program that waits";
        }

        if (IsNamed(name))
        {
            return $"{Told.Of(name.ToString())} is called as a service is";
        }

        return OfArguments(process.Args);
    }

    // The program that an interpreter or a JVM runs, and options that only who is asked takes. The first word is the program itself.
    private static string? OfArguments(ReadOnlySpan<char> args)
    {
        var options = Options.GetAlternateLookup<ReadOnlySpan<char>>();
        var script = false;
        var first = true;
        foreach (var range in args.Split(' '))
        {
            var word = args[range];
            if (first || word.IsEmpty)
            {
                first = false;
                continue;
            }

            if (word[0] == '-')
            {
                if (options.Contains(word.IndexOf('=') is var at and > 0 ? word[..at] : word))
                {
                    return $"it was started with {Told.Of(word.ToString())}, to be asked";
                }

                continue;
            }

            // Beyond the script stand its own arguments: texts, file names.
            if (!script && (word.Contains('/') || word.Contains('.')))
            {
                script = true;
                if (word.StartsWith("/srv/") || word.StartsWith("/var/www/"))
                {
                    return $"{Told.Of(word.ToString())} lies among the services";
                }

                if (IsNamed(word[(word.LastIndexOf('/') + 1)..]))
                {
                    return $"{Told.Of(word.ToString())} is called as a service is";
                }
            }
        }

        return null;
    }

    private static bool IsNamed(ReadOnlySpan<char> file)
    {
        var words = Words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (words.Contains(file))
        {
            return true;
        }

        foreach (var range in file.SplitAny("-_."))
        {
            if (words.Contains(file[range]))
            {
                return true;
            }
        }

        return false;
    }
}
