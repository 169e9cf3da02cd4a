namespace Watchdog.FleetSim;

/// <summary>How the simulated Region behaves. Durations are fleet time unless they say otherwise.</summary>
public sealed record SimulatedRegionOptions
{
    /// <summary>TCP port on loopback; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The Region's name.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The AWS account that owns everything: 12 digits.</summary>
    public string AccountId { get; init; } = "111122223333";

    /// <summary>Seeds what is not a VM's own: public addresses, request ids, ids of commands and snapshots.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Least time from a period's end until CloudWatch shows its point; each VM has a fixed delay in [Min, Max).</summary>
    public TimeSpan PublicationDelayMin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Most time from a period's end until CloudWatch shows its point; equal to the least one for a fixed delay.</summary>
    public TimeSpan PublicationDelayMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long descriptions lag behind changes (states, tags, groups, snapshots).</summary>
    public TimeSpan ConsistencyDelay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an invocation does not exist after SendCommand.</summary>
    public TimeSpan InvocationDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a fixed inspection runs in a guest, at most; each run has its own in [1/2, 1) of it.</summary>
    public TimeSpan CommandRunTime { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Items on a page when the caller names no MaxResults.</summary>
    public int DefaultPageSize { get; init; } = 1000;

    /// <summary>Whether AWS's token buckets throttle. They refill on the fleet's clock: one that stands still refills nothing.</summary>
    public bool RealTokenBuckets { get; init; } = true;

    /// <summary>Multiplies every bucket's size and refill: 1 is AWS's default quota, 2 a raised one.</summary>
    public double QuotaFactor { get; init; } = 1;

    /// <summary>Number of VPCs the fleet is spread over, 1 to 20.</summary>
    public int VpcCount { get; init; } = 3;

    /// <summary>Index of a VPC that lacks its containment group (somebody forgot it); null when all have one.</summary>
    public int? VpcWithoutContainment { get; init; }

    /// <summary>Index of a VPC that lacks its allow-all (conversion) group; null when all have one.</summary>
    public int? VpcWithoutConversion { get; init; }

    /// <summary>Share of VMs bought on one-time spot requests: they cannot be stopped (UnsupportedOperation), 0 to 1.</summary>
    public double SpotShare { get; init; }

    /// <summary>Share of VMs whose root device is instance store: they cannot be stopped either, 0 to 1.</summary>
    public double InstanceStoreShare { get; init; }

    /// <summary>Share of VMs that were launched with hibernation configured, 0 to 1.</summary>
    public double HibernationShare { get; init; }

    /// <summary>Share of VMs that StopInstances must not stop (OperationNotPermitted), 0 to 1.</summary>
    public double StopProtectedShare { get; init; }

    /// <summary>Share of VMs that are protected from termination, 0 to 1.</summary>
    public double TerminationProtectedShare { get; init; } = 0.1;

    /// <summary>Share of VMs that a shutdown from inside terminates, 0 to 1.</summary>
    public double TerminateOnShutdownShare { get; init; }

    /// <summary>Share of VMs in public subnets whose address is an Elastic IP, 0 to 1.</summary>
    public double ElasticAddressShare { get; init; } = 0.05;

    /// <summary>Share of VMs with an instance profile, 0 to 1.</summary>
    public double ProfileShare { get; init; } = 1;

    /// <summary>When set, another access key is answered with AuthFailure or UnrecognizedClientException.</summary>
    public string? RequiredAccessKeyId { get; init; }

    /// <summary>
    /// SSM documents that exist in the account, each in one version. Watchdog-Restrain and Watchdog-Notify have the content of their files in docs/ssm,
    /// any other name that of docs/ssm/Watchdog-FleetInspect.yaml.
    /// </summary>
    public IReadOnlyList<string> Documents { get; init; } = ["Watchdog-FleetInspect", "Watchdog-Restrain", "Watchdog-Notify"];

    /// <summary>The wall's clock: credentials expire by it, and hangs wait on it.</summary>
    public TimeProvider WallClock { get; init; } = TimeProvider.System;
}
