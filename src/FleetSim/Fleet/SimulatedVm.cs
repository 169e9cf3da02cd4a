namespace Watchdog.FleetSim.Fleet;

/// <summary>
/// One VM of the simulated Region: who it is (fixed) and what its behaviour is. What the API can change about it (state, groups,
/// tags) lies in <c>VmState</c>, so that reading a metric of the past needs no lock.
/// </summary>
public sealed class SimulatedVm
{
    /// <summary><c>i-</c> and 17 hex digits.</summary>
    public required string InstanceId { get; init; }
    /// <summary>Position in the fleet, 0-based; orders pages.</summary>
    public required int Index { get; init; }
    /// <summary>The VM's own seed, derived from the fleet's.</summary>
    public required ulong Seed { get; init; }
    /// <summary>EC2's type name, e.g. <c>t3.medium</c>.</summary>
    public required string InstanceType { get; init; }
    /// <summary>vCPUs of the type.</summary>
    public required int Vcpus { get; init; }
    /// <summary>The AMI.</summary>
    public required string ImageId { get; init; }
    /// <summary>The provider's account that it belongs to (tag <c>watchdog:owner</c>).</summary>
    public required string Owner { get; init; }
    /// <summary>The owner's plan (tag <c>plan</c>).</summary>
    public required string Plan { get; init; }
    /// <summary>Availability Zone, e.g. <c>us-east-1a</c>.</summary>
    public required string AvailabilityZone { get; init; }
    /// <summary>When it was launched (fleet time).</summary>
    public required DateTimeOffset LaunchTime { get; init; }
    /// <summary>Tags that it was launched with besides those that every VM has; none by default.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;
    /// <summary>What it does.</summary>
    public required Behaviour Behaviour { get; init; }
    /// <summary>Start of the abuse or fault; <see cref="DateTimeOffset.MaxValue"/> where there is none.</summary>
    public DateTimeOffset Onset { get; init; } = DateTimeOffset.MaxValue;
    /// <summary>End of the abuse or fault, exclusive.</summary>
    public DateTimeOffset Offset { get; init; } = DateTimeOffset.MaxValue;
}
