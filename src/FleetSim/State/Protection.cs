namespace Watchdog.FleetSim.State;

/// <summary>What of a VM only DescribeInstanceAttribute shows.</summary>
/// <param name="Termination">DisableApiTermination.</param>
/// <param name="Stop">DisableApiStop.</param>
/// <param name="TerminatesOnShutdown">A shutdown from inside terminates it instead of stopping it.</param>
internal readonly record struct Protection(bool Termination, bool Stop, bool TerminatesOnShutdown)
{
    /// <summary>InstanceInitiatedShutdownBehavior.</summary>
    public string ShutdownBehaviour => TerminatesOnShutdown ? "terminate" : "stop";
}

/// <summary>Protections at an instant; those of the launch are computed.</summary>
internal static class ProtectionViews
{
    public static Protection ProtectionAt(this RegionState region, int index, DateTimeOffset at) =>
        region.Changed(index) is { } changed && changed.Protection.TryAt(at, out var set) ? set : VmShape.LaunchProtection(region.Vms[index], region.Options);
}
