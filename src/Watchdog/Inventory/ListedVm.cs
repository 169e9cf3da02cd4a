namespace Watchdog.Inventory;

/// <summary>A VM as EC2 lists it, in our words; no AWS types. Texts that a user can set are cut to AWS's own limits before they get here.</summary>
/// <param name="State">EC2's state name: <c>pending running stopping stopped shutting-down terminated</c>.</param>
/// <param name="StateReason">EC2's StateReason code, e.g. <c>Client.UserInitiatedShutdown</c>; null when absent.</param>
/// <param name="TransitionReason">EC2's StateTransitionReason text, e.g. <c>User initiated (2026-11-22 10:00:00 GMT)</c>; null when empty.</param>
/// <param name="Vcpus">Cores times threads of CpuOptions; 1 when EC2 does not say.</param>
/// <param name="Lifecycle"><c>spot</c>, <c>scheduled</c>, or null for on-demand.</param>
/// <param name="RootDeviceType"><c>ebs</c> or <c>instance-store</c>.</param>
/// <param name="Tags">All tags.</param>
/// <param name="Interfaces">Network interfaces by device index.</param>
public sealed record ListedVm(
    string InstanceId, string State, string? StateReason, string? TransitionReason, string InstanceType, int Vcpus,
    string? ImageId, string? Zone, string? VpcId, string? SubnetId, DateTimeOffset LaunchTime, string? PrivateIp, string? PublicIp,
    string? Lifecycle, string? RootDeviceType, string? InstanceProfileArn,
    IReadOnlyDictionary<string, string> Tags, IReadOnlyList<ListedInterface> Interfaces)
{
    /// <summary>Whether it was launched so that it can be hibernated; null when EC2 does not say.</summary>
    public bool? CanHibernate { get; init; }
}

/// <summary>One network interface and its security groups, in EC2's order.</summary>
/// <param name="PublicIp">Its public or elastic IPv4 address; null without one.</param>
/// <param name="Ipv6">Its IPv6 addresses, which are public; null without any.</param>
public sealed record ListedInterface(
    string InterfaceId, int DeviceIndex, IReadOnlyList<string> Groups, string? PublicIp, IReadOnlyList<string>? Ipv6 = null);
