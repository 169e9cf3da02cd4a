using Watchdog.Detectors.Facts;

namespace Watchdog.Detectors.Tests;

/// <summary>Snapshots of guests.</summary>
internal static class Guests
{
    public static GuestSnapshot With(params GuestProcess[] processes) => new(Given.Noon, true, 864_000, 2, 2, 2, 95, 3, 0, 0, 2, 120, 200,
        processes, [], [], 0, false, 200, 8000, [], []);

    public static GuestProcess Process(string exe, string args, double cores = 2, double hours = 1, int pid = 4242, int threads = 2, bool deleted = false,
        string? comm = null, int parent = 1)
    {
        var name = exe[(exe.LastIndexOf('/') + 1)..];
        return new GuestProcess(pid, parent, 1000, comm ?? (name.Length > 15 ? name[..15] : name), exe, args, hours * 3600, hours * 3600 * cores, threads, 100_000, deleted, "home");
    }

    public static GuestConnection Outbound(string peer, int port, double hours = 1, int pid = 4242) => new(pid, peer, port, 51_000, true, hours * 3600);

    public static readonly GuestSnapshot Xmrig = With(Process("/home/u/xmrig", "./xmrig -o stratum+tcp://pool.supportxmr.com:3333 --donate-level 1"));

    public static readonly GuestSnapshot ForkStorm = With([.. Enumerable.Range(0, 30).Select(i => Process("/usr/bin/bash", "bash", 0.05, 0.1, 5000 + i, 1))]) with
    {
        ForksPerSecond = 2100, SystemPercent = 63, UserPercent = 30, Processes = 6000, PidsCurrent = 7900, PidsMax = 8000, Load1 = 800,
    };

    public static readonly GuestSnapshot Spinner = With(Process("/home/u/app/server", "./server", 1, 9, threads: 1));

    public static readonly GuestSnapshot Quiet = With(Process("/usr/sbin/nginx", "nginx: worker", 0.01, 200)) with { UserPercent = 1, SystemPercent = 1 };
}
