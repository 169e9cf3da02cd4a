using Amazon.EC2;
using Amazon.EC2.Model;
using Watchdog.Enforcement;
using Watchdog.Inventory;

namespace Watchdog.Aws;

/// <summary>Protections, Elastic IP addresses and instance profiles.</summary>
[RequiresPermission("ec2:DescribeInstanceAttribute", Reach.Anything)]
[RequiresPermission("ec2:DescribeAddresses", Reach.Anything)]
[RequiresPermission("ec2:DescribeIamInstanceProfileAssociations", Reach.Anything)]
[RequiresPermission("ec2:ModifyInstanceAttribute", Reach.Protections)]
[RequiresPermission("ec2:DisassociateAddress", Reach.ManagedAddresses)]
[RequiresPermission("ec2:AssociateAddress", Reach.ManagedAddresses)]
[RequiresPermission("ec2:ReplaceIamInstanceProfileAssociation", Reach.Profiles)]
internal sealed partial class Ec2Actuator
{
    public async Task<VmGuards> ReadGuardsAsync(Scope scope, string instanceId, CancellationToken ct)
    {
        var termination = AttributeAsync(scope, instanceId, InstanceAttributeName.DisableApiTermination, read => read.DisableApiTermination, ct);
        var stop = AttributeAsync(scope, instanceId, InstanceAttributeName.DisableApiStop, read => read.DisableApiStop, ct);
        var shutdown = ShutdownAsync(scope, instanceId, ct);
        var addresses = AddressesAsync(scope, instanceId, ct);
        var profile = ProfileAsync(scope, instanceId, ct);
        await Task.WhenAll(termination, stop, shutdown, addresses, profile);
        return new(await termination, await stop, await shutdown, await addresses, await profile);
    }

    public Task SetTerminationProtectionAsync(Scope scope, string instanceId, bool on, CancellationToken ct) =>
        ModifyAsync(scope, new() { InstanceId = instanceId, DisableApiTermination = on }, ct);

    public Task SetStopProtectionAsync(Scope scope, string instanceId, bool on, CancellationToken ct) =>
        ModifyAsync(scope, new() { InstanceId = instanceId, DisableApiStop = on }, ct);

    public Task SetShutdownBehaviourAsync(Scope scope, string instanceId, string behaviour, CancellationToken ct) =>
        ModifyAsync(scope, new() { InstanceId = instanceId, InstanceInitiatedShutdownBehavior = behaviour }, ct);

    public Task DisassociateAddressAsync(Scope scope, string associationId, CancellationToken ct) => AskAsync(() =>
        clients.Of(scope).Once.DisassociateAddressAsync(new DisassociateAddressRequest { AssociationId = associationId }, ct), ct);

    public Task AssociateAddressAsync(
        Scope scope, string allocationId, string interfaceId, string privateIp, CancellationToken ct) => AskAsync(() =>
        clients.Of(scope).Once.AssociateAddressAsync(
            new AssociateAddressRequest
            {
                AllocationId = allocationId, NetworkInterfaceId = interfaceId, PrivateIpAddress = privateIp,
                // AWS's default would take the address from whoever was given it meanwhile.
                AllowReassociation = false,
            }, ct), ct);

    public Task ReplaceProfileAsync(Scope scope, string associationId, string profileArn, CancellationToken ct) => AskAsync(() =>
        clients.Of(scope).Once.ReplaceIamInstanceProfileAssociationAsync(
            new ReplaceIamInstanceProfileAssociationRequest { AssociationId = associationId, IamInstanceProfile = new() { Arn = profileArn } }, ct), ct);

    private Task<ModifyInstanceAttributeResponse> ModifyAsync(Scope scope, ModifyInstanceAttributeRequest request, CancellationToken ct) =>
        AskAsync(() => clients.Of(scope).Once.ModifyInstanceAttributeAsync(request, ct), ct);

    private async Task<bool> AttributeAsync(
        Scope scope, string instanceId, InstanceAttributeName name, Func<InstanceAttribute, bool?> read, CancellationToken ct) =>
        read(await AttributeAsync(scope, instanceId, name, ct)) ?? throw Unsaid(instanceId, name.Value);

    private async Task<string> ShutdownAsync(Scope scope, string instanceId, CancellationToken ct)
    {
        var name = InstanceAttributeName.InstanceInitiatedShutdownBehavior;
        return (await AttributeAsync(scope, instanceId, name, ct)).InstanceInitiatedShutdownBehavior is { Length: > 0 } behaviour
            ? behaviour
            : throw Unsaid(instanceId, name.Value);
    }

    private Task<InstanceAttribute> AttributeAsync(
        Scope scope, string instanceId, InstanceAttributeName name, CancellationToken ct) => AskAsync(async () =>
    {
        var request = new DescribeInstanceAttributeRequest { InstanceId = instanceId, Attribute = name };
        return (await clients.Of(scope).Ec2.DescribeInstanceAttributeAsync(request, ct)).InstanceAttribute ?? new();
    }, ct);

    private Task<IReadOnlyList<HeldAddress>> AddressesAsync(Scope scope, string instanceId, CancellationToken ct) => AskAsync(async () =>
    {
        var page = await clients.Of(scope).Ec2.DescribeAddressesAsync(new DescribeAddressesRequest { Filters = [OfInstance(instanceId)] }, ct);
        return (IReadOnlyList<HeldAddress>)[.. (page.Addresses ?? []).Select(address => AddressOf(instanceId, address)).OrderBy(a => a.AllocationId, StringComparer.Ordinal)];
    }, ct);

    private Task<HeldProfile?> ProfileAsync(Scope scope, string instanceId, CancellationToken ct) => AskAsync(async () =>
    {
        // While a profile is replaced, the old association shows as well, on its way out.
        var request = new DescribeIamInstanceProfileAssociationsRequest
        {
            Filters = [OfInstance(instanceId), new() { Name = "state", Values = ["associating", "associated"] }],
        };
        var page = await clients.Of(scope).Ec2.DescribeIamInstanceProfileAssociationsAsync(request, ct);
        return page.IamInstanceProfileAssociations is not { Count: > 0 } found ? null
            : found[0] is { AssociationId: { Length: > 0 } id, IamInstanceProfile.Arn: { Length: > 0 } arn } ? new HeldProfile(id, arn)
            : throw Unsaid(instanceId, "the profile's association");
    }, ct);

    private static HeldAddress AddressOf(string instanceId, Address address) => address is
    {
        AllocationId: { Length: > 0 } allocation, AssociationId: { Length: > 0 } association, PublicIp: { Length: > 0 } publicIp,
        NetworkInterfaceId: { Length: > 0 } nic, PrivateIpAddress: { Length: > 0 } privateIp,
    }
        ? new(allocation, association, publicIp, nic, privateIp)
        : throw Unsaid(instanceId, $"the association of address {address.PublicIp}");

    private static Filter OfInstance(string instanceId) => new() { Name = "instance-id", Values = [instanceId] };

    // What AWS left out is unknown: nothing could be restored from a guess.
    private static ActuatorException Unsaid(string instanceId, string what) =>
        new(ActuatorError.Transient, "IncompleteAnswer", $"AWS answered for {instanceId} without {what}");
}
