namespace Watchdog.Detectors.Facts;

/// <summary>
/// What one run of the inspection document found inside a guest: parsed, bounded, and never trusted. A value that the guest
/// did not give is null or NaN; <see cref="Complete"/> says whether the text ended where it should.
/// </summary>
public sealed record GuestSnapshot(
    DateTimeOffset TakenAt, bool Complete,
    double UptimeSeconds, double Load1, double Load5, double Load15,
    double UserPercent, double SystemPercent, double StealPercent, double IowaitPercent,
    double ForksPerSecond, int? Processes, int? Threads,
    IReadOnlyList<GuestProcess> TopProcesses, IReadOnlyList<GuestConnection> Connections, IReadOnlyList<GuestSession> Sessions,
    int? HugePages, bool? MsrLoaded, int? PidsCurrent, int? PidsMax, IReadOnlyList<string> KernelLines, IReadOnlyList<string> GpuProcesses);

/// <summary>
/// One process; <paramref name="CpuSeconds"/> over <paramref name="AgeSeconds"/> is its lifetime share in cores. Number and
/// <paramref name="StartTicks"/> (clock ticks since boot; null where an earlier document does not say it) name it for as long as the VM is up.
/// </summary>
public sealed record GuestProcess(int Pid, int ParentPid, int Uid, string Comm, string Exe, string Args, double AgeSeconds,
    double CpuSeconds, int Threads, long RssKilobytes, bool ExeDeleted, string Cwd, long? StartTicks = null);

/// <summary>One established TCP connection, as seen from the guest.</summary>
public sealed record GuestConnection(int Pid, string PeerAddress, int PeerPort, int LocalPort, bool Outbound, double AgeSeconds);

/// <summary>One login session.</summary>
public sealed record GuestSession(string User, string Tty, string From, double IdleSeconds);
