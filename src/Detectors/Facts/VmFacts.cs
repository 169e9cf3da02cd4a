namespace Watchdog.Detectors.Facts;

/// <summary>What a detector may know of a VM besides its metrics.</summary>
/// <param name="InstanceId">EC2's id; for texts only, never for judgement.</param>
/// <param name="InstanceType">EC2's type name; null when unknown.</param>
/// <param name="Vcpus">vCPUs, at least 1.</param>
/// <param name="LaunchTime">Last launch or start; null when unknown.</param>
/// <param name="Status">EC2's status checks; null when not asked.</param>
public readonly record struct VmFacts(string InstanceId, string? InstanceType, int Vcpus, DateTimeOffset? LaunchTime, StatusFacts? Status);

/// <summary>EC2's three status checks.</summary>
/// <param name="Instance">Instance reachability (the guest answers ARP).</param>
/// <param name="System">System reachability: AWS's host.</param>
/// <param name="Ebs">Attached EBS volumes.</param>
/// <param name="ImpairedSince">EC2's ImpairedSince of the earliest impaired check; null when none is.</param>
public readonly record struct StatusFacts(CheckState Instance, CheckState System, CheckState Ebs, DateTimeOffset? ImpairedSince);

/// <summary>One check's state.</summary>
public enum CheckState
{
    /// <summary>Not asked, or AWS says <c>insufficient-data</c> or <c>not-applicable</c>.</summary>
    Unknown,
    /// <summary>Passes.</summary>
    Ok,
    /// <summary>Fails.</summary>
    Impaired,
    /// <summary>The VM boots.</summary>
    Initializing,
}
