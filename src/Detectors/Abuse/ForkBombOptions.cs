using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detectors.Abuse;

/// <summary>The fork bomb detector's settings.</summary>
public sealed record ForkBombOptions
{
    /// <summary>Forks a second from which a guest storms; honest work stays under 50. 100 to 5000.</summary>
    public double ForksPerSecond { get; init; } = 500;
    /// <summary>System share of CPU that goes with a storm, percent.</summary>
    public double SystemPercent { get; init; } = 40;
    /// <summary>Share of the pids limit that counts as near. 0.5 to 1.</summary>
    public double PidsShare { get; init; } = 0.8;
    /// <summary>Processes per vCPU from which a crowd is one.</summary>
    public int ProcessesPerVcpu { get; init; } = 50;
    /// <summary>Share of listed processes with one name that makes the crowd one bomb.</summary>
    public double SameNameShare { get; init; } = 0.7;
    /// <summary>Load average a vCPU.</summary>
    public double LoadPerVcpu { get; init; } = 10;
    /// <summary>NetworkOut against usual under which it has collapsed.</summary>
    public double CollapseRatio { get; init; } = 0.25;
    /// <summary>NetworkOut against usual under which the collapse speaks without a failing check or silent metrics.</summary>
    public double DeepCollapseRatio { get; init; } = 0.12;
    /// <summary>NetworkOut against usual under which, together with fallen disk writes, other processes starve.</summary>
    public double StarvedNetworkRatio { get; init; } = 0.75;
    /// <summary>Disk writes against usual under which other processes starve.</summary>
    public double StarvedDiskRatio { get; init; } = 0.5;
    /// <summary>Usual CPU percent from which starving says nothing: a busy VM changes its work often.</summary>
    public float StarvedUsualCpuPercent { get; init; } = 30;
    /// <summary>Usual CPU percent from which a rise to the ceiling says nothing.</summary>
    public float BusyCpuPercent { get; init; } = 70;
    /// <summary>CPU percent with which the hypervisor agrees with a storm.</summary>
    public float AgreeingCpuPercent { get; init; } = 70;
    /// <summary>Minutes of a failed instance check from which it counts.</summary>
    public double ImpairedMinutes { get; init; } = 10;
    /// <summary>Minutes that a ceiling may be old and still belong to a failing check.</summary>
    public double CeilingMinutes { get; init; } = 60;
    /// <summary>Thresholds of the verdict.</summary>
    public VerdictOptions Verdict { get; init; } = new();
}
