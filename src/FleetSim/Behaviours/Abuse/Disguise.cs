using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>How a miner's process shows in the process list, and the port that its pool listens on.</summary>
internal sealed record Disguise(string Comm, string Exe, string Args, int Port, bool Deleted, bool HugePages, string Cwd)
{
    private static readonly string[] Pools =
        ["pool.supportxmr.com", "xmr.2miners.com", "pool.hashvault.pro", "gulf.moneroocean.stream", "xmr-eu1.nanopool.org"];

    private static readonly int[] Ports = [3333, 4444, 5555, 7777, 14433, 14444, 10128, 45700];

    /// <summary>The stock miner with its usual arguments.</summary>
    public static Disguise None(SimulatedVm vm)
    {
        int port = Noise.Pick<int>(vm.Seed, 0, Channel.Peer, Ports);
        string pool = Noise.Pick<string>(vm.Seed, 1, Channel.Peer, Pools), scheme = port == 14433 ? "ssl" : "tcp";
        return new("xmrig", "/home/dev/xmrig-6.22.0/xmrig",
            $"./xmrig -o stratum+{scheme}://{pool}:{port} -u {Wallet.Of(vm.Seed)} -p {vm.InstanceId[^4..]} --donate-level 1 -a rx/0", port, false, true, "home");
    }

    /// <summary>No arguments (a configuration file), a system's name, an executable where none belongs, TLS to 443.</summary>
    public static Disguise Renamed(SimulatedVm vm) => (vm.Seed >> 4 & 3) switch
    {
        0 => new("kworker/2:1H", "/dev/shm/.x/kworker", "[kworker/2:1H-events_highpri]", 443, true, true, "tmp"),
        1 => new("kdevtmpfs", "/tmp/.ICE-unix/.k/kdevtmpfs", "[kdevtmpfs]", 443, false, false, "tmp"),
        2 => new("systemd-login", "/var/tmp/.cache/systemd-logind", "/usr/lib/systemd/systemd-logind", 443, true, true, "tmp"),
        _ => new("ksoftirqd/3", "/tmp/.d/ksoftirqd", "[ksoftirqd/3]", 443, true, false, "tmp"),
    };

    /// <summary>Built from source under the owner's home, with a configuration file: nothing in the arguments.</summary>
    public static Disguise Quiet(SimulatedVm vm) =>
        new("worker", "/home/dev/.local/share/worker", "./worker -c worker.json", Noise.Pick<int>(vm.Seed, 0, Channel.Peer, Ports), false, true, "home");
}
