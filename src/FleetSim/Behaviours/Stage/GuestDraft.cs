using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>A guest view in the making. Pids and ages follow from (seed, start, name), so two looks minutes apart agree.</summary>
internal sealed class GuestDraft
{
    private const int ListedProcesses = 60;
    private readonly Scene _scene;
    private readonly double _cpu;
    private readonly List<GuestProcess> _processes = [];
    private readonly List<GuestConnection> _connections = [];
    private readonly List<GuestSession> _sessions = [];
    private readonly HashSet<int> _pids = [];
    private int _crowd;

    public GuestDraft(in Scene scene, double cpuNow, double cpu1, double cpu5, double cpu15)
    {
        _scene = scene;
        _cpu = cpuNow;
        double cores = scene.Vm.Vcpus / 100.0;
        (Load1, Load5, Load15) = (cores * cpu1 + 0.02, cores * cpu5 + 0.02, cores * cpu15 + 0.02);
        ForksPerSecond = Noise.Between(scene.Seed, scene.Tick, Channel.Child, 0.2, 2);
        PidsMax = 4_900 + 2_400 * scene.Vm.Vcpus;
        Others = 88 + 6 * scene.Vm.Vcpus + (int)(scene.Seed % 23);
        SystemDaemons.Furnish(scene, this);
    }

    public double Load1 { get; set; }
    public double Load5 { get; set; }
    public double Load15 { get; set; }
    public double ForksPerSecond { get; set; }

    /// <summary>The kernel's part of the CPU in use: 0 to 1.</summary>
    public double SystemShare { get; set; } = 0.08;

    /// <summary>CPU that the hypervisor withholds, percent.</summary>
    public double StealPercent { get; set; }

    /// <summary>Time spent waiting for disks, percent.</summary>
    public double IowaitPercent { get; set; } = 0.3;

    /// <summary>Processes that are not listed.</summary>
    public int Others { get; set; }

    /// <summary>Counts a crowd of processes of which only a few are listed.</summary>
    public void Crowd(int alive)
    {
        Others += alive;
        _crowd = alive;
    }

    public int HugePages { get; set; }
    public bool MsrLoaded { get; set; }
    public int PidsMax { get; }
    public List<string> KernelLines { get; } = [];

    /// <summary>Adds a process and returns its pid. <paramref name="cores"/>: how many cores it kept busy on average since it started.</summary>
    public int Run(string comm, string exe, string args, double since, double cores, int threads = 1, int rssMegabytes = 20, int uid = 1000,
        int parent = 1, bool deleted = false, string cwd = "home", int? pid = null)
    {
        double start = Math.Max(since, _scene.Booted), age = Math.Max(0, _scene.End - start);
        int id = pid ?? PidOf(start, comm);
        while (!_pids.Add(id)) id++;
        double cpu = Math.Min(age * Math.Max(0, cores), age * threads);
        _processes.Add(new(id, parent, uid, comm, exe, args, Math.Floor(age), Math.Round(cpu, 2), threads, rssMegabytes * 1024L, deleted, cwd,
            _scene.TicksOf(start)));
        return id;
    }

    /// <summary>Adds an established outbound connection.</summary>
    public void Dial(int pid, string peer, int port, double since) => Connect(pid, peer, port, 0, true, since);

    /// <summary>Adds an established inbound connection to a local port.</summary>
    public void Serve(int pid, string peer, int localPort, double since) => Connect(pid, peer, 0, localPort, false, since);

    /// <summary>Adds a login session with its shell; an isolated VM has none, for its connection is cut.</summary>
    public int Login(double since, double idleSeconds)
    {
        string home = Address("10.64", Channel.Peer);
        int sshd = Run("sshd", "/usr/sbin/sshd", "sshd: dev@pts/0", since, 0.001, parent: SystemDaemons.Sshd);
        int shell = Run("bash", "/usr/bin/bash", "-bash", since + 1, 0.001, parent: sshd);
        if (_scene.Isolated) return shell;
        Serve(sshd, home, 22, since);
        _sessions.Add(new("dev", "pts/0", home, Math.Round(idleSeconds)));
        return shell;
    }

    /// <summary>A stable address of the VM's own: a private one within 10.x, or one of the documentation networks (RFC 5737).</summary>
    public string Address(string network, Channel channel, int n = 0)
    {
        ulong bits = Noise.Bits(_scene.Seed, n, channel), last = 1 + (bits >> 8) % 254;
        return network.StartsWith("10.", StringComparison.Ordinal) ? $"{network}.{bits % 256}.{last}" : $"{network}.{last}";
    }

    public GuestView View()
    {
        // As `ps --sort=-pcpu`: by the share of a core over the process's life.
        _processes.Sort(static (a, b) => Share(b).CompareTo(Share(a)) is var order and not 0 ? order : a.Pid.CompareTo(b.Pid));
        if (_processes.Count > ListedProcesses) _processes.RemoveRange(ListedProcesses, _processes.Count - ListedProcesses);
        int threads = _processes.Sum(static p => p.Threads);
        double busy = Math.Min(_cpu, 100 - StealPercent);
        return new(Math.Floor(_scene.Uptime), Round(Load1), Round(Load5), Round(Load15), Round(busy * (1 - SystemShare)), Round(busy * SystemShare),
            Round(StealPercent), Round(Math.Min(IowaitPercent, 100 - busy - StealPercent)), Round(ForksPerSecond), Others + _processes.Count,
            Others + threads, _processes, _connections, _sessions, HugePages, MsrLoaded, Math.Min(PidsMax, _crowd > 0 ? _crowd : 20 + threads), PidsMax, KernelLines);
    }

    private static double Share(GuestProcess p) => p.CpuSeconds / (p.AgeSeconds + 1);

    private static double Round(double value) => Math.Round(Math.Max(0, value), 2);

    private void Connect(int pid, string peer, int peerPort, int localPort, bool outbound, double since)
    {
        double start = Math.Max(since, _scene.Booted);
        int ephemeral = 32768 + (int)(Noise.Bits(_scene.Seed, pid + (long)start, Channel.Peer) % 28000);
        _connections.Add(new(pid, peer, outbound ? peerPort : ephemeral, outbound ? ephemeral : localPort, outbound,
            Math.Floor(Math.Max(0, _scene.End - start))));
    }

    private int PidOf(double start, string comm)
    {
        long name = 0;
        foreach (char c in comm) name = name * 31 + c;
        return 1_000 + (int)(Noise.Bits(_scene.Seed, (long)start * 8191 + name, Channel.Pid) % 31_000);
    }
}
