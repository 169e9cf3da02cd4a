namespace Watchdog.Enforcement;

/// <summary>What DescribeInstances does not show of a VM, and a release must be able to return.</summary>
/// <param name="TerminationProtected">Whether it is protected from termination through the API.</param>
/// <param name="StopProtected">Whether it is protected from StopInstances.</param>
/// <param name="ShutdownBehaviour"><c>stop</c> or <c>terminate</c>: what a shutdown from inside does.</param>
/// <param name="Addresses">Its Elastic IP addresses, by allocation id; automatically assigned ones are not among them.</param>
/// <param name="Profile">Its instance profile; null without one.</param>
public sealed record VmGuards(
    bool TerminationProtected, bool StopProtected, string ShutdownBehaviour, IReadOnlyList<HeldAddress> Addresses, HeldProfile? Profile);

/// <summary>An Elastic IP address on a VM.</summary>
/// <param name="AllocationId">Stays the same while the account holds the address.</param>
/// <param name="AssociationId">A new one with each association.</param>
/// <param name="PublicIp">The address.</param>
/// <param name="InterfaceId">The interface that has it.</param>
/// <param name="PrivateIp">The private address that it stands for.</param>
public sealed record HeldAddress(string AllocationId, string AssociationId, string PublicIp, string InterfaceId, string PrivateIp);

/// <summary>The tie between a VM and its instance profile.</summary>
/// <param name="AssociationId">A new one with each replacement.</param>
/// <param name="Arn">The profile's name in IAM.</param>
public sealed record HeldProfile(string AssociationId, string Arn);
