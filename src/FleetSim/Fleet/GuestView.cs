namespace Watchdog.FleetSim.Fleet;

/// <summary>What the inspection document finds inside a guest. Units are in the names; every list may be empty.</summary>
public sealed record GuestView(
    double UptimeSeconds, double Load1, double Load5, double Load15,
    double UserPercent, double SystemPercent, double StealPercent, double IowaitPercent,
    double ForksPerSecond, int Processes, int Threads,
    IReadOnlyList<GuestProcess> TopProcesses, IReadOnlyList<GuestConnection> Connections, IReadOnlyList<GuestSession> Sessions,
    int HugePages = 0, bool MsrLoaded = false, int PidsCurrent = 0, int PidsMax = 0, IReadOnlyList<string>? KernelLines = null,
    IReadOnlyList<string>? GpuProcesses = null);

/// <summary>One process. <paramref name="CpuSeconds"/> over <paramref name="AgeSeconds"/> is its lifetime share; <paramref name="StartTicks"/> are hundredths of a second since boot.</summary>
public sealed record GuestProcess(int Pid, int ParentPid, int Uid, string Comm, string Exe, string Args, double AgeSeconds,
    double CpuSeconds, int Threads, long RssKilobytes, bool ExeDeleted = false, string Cwd = "home", long StartTicks = 1);

/// <summary>One established TCP connection; <paramref name="Outbound"/> as seen from the guest.</summary>
public sealed record GuestConnection(int Pid, string PeerAddress, int PeerPort, int LocalPort, bool Outbound, double AgeSeconds);

/// <summary>One login session.</summary>
public sealed record GuestSession(string User, string Tty, string From, double IdleSeconds);
