using Watchdog.Detectors.Facts;

namespace Watchdog.Telemetry;

/// <summary>A snapshot while it is read; all is absent at first.</summary>
internal sealed class GuestSnapshotDraft
{
    private static readonly TimeSpan MaxSkew = TimeSpan.FromDays(1);

    public double At = double.NaN, Uptime = double.NaN, Forks = double.NaN;
    public double User = double.NaN, System = double.NaN, Steal = double.NaN, Iowait = double.NaN;
    public readonly double[] Load = [double.NaN, double.NaN, double.NaN];
    public int? Processes, Threads, HugePages, PidsCurrent, PidsMax;
    public bool? Msr;
    public bool End;
    public readonly List<GuestProcess> Top = [];
    public readonly List<GuestConnection> Connections = [];
    public readonly List<GuestSession> Sessions = [];
    public readonly List<string> Gpu = [];
    public readonly List<string> Kernel = [];

    /// <summary>The snapshot. The guest's clock is believed only near ours.</summary>
    public GuestSnapshot Freeze(DateTimeOffset receivedAt)
    {
        var at = receivedAt;
        if (!double.IsNaN(At) && DateTimeOffset.FromUnixTimeSeconds((long)At) is var said && (said - receivedAt).Duration() <= MaxSkew)
        {
            at = said;
        }

        return new(at, End, Uptime, Load[0], Load[1], Load[2], User, System, Steal, Iowait, Forks, Processes, Threads,
            Top, Connections, Sessions, HugePages, Msr, PidsCurrent, PidsMax, Kernel, Gpu);
    }
}
