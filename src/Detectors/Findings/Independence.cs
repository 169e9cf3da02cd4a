namespace Watchdog.Detectors.Findings;

/// <summary>Which families of evidence are independent of each other (DESIGN 4.7).</summary>
public static class Independence
{
    /// <summary>How many groups there are.</summary>
    public const int Groups = 6;

    /// <summary>The hypervisor's metrics: CPU, network and credits are one.</summary>
    public const int Hypervisor = 0;

    /// <summary>The independent group of a family, 0 to 5; -1 for those that never count: agent, sessions, history.</summary>
    public static int GroupOf(Family family) => family switch
    {
        Family.CpuShape or Family.NetworkShape or Family.Credits => Hypervisor,
        Family.GuestProcesses => 1,
        Family.GuestConnections => 2,
        Family.GuestLoad => 3,
        Family.StatusChecks => 4,
        Family.Console => 5,
        _ => -1,
    };
}
