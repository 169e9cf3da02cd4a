using System.Globalization;
using Watchdog.Enforcement;
using Watchdog.Inventory;

namespace Watchdog.Tests.Enforcement;

/// <summary>Protections, Elastic IP addresses, profiles, snapshots and screenshots.</summary>
internal sealed partial class FakeEc2
{
    private static readonly VmGuards Unguarded = new(false, false, "stop", [], null);
    private readonly List<(DateTimeOffset VisibleAt, Guid Operation, string Id)> snapshots = [];
    private readonly Dictionary<string, string> freeAddresses = [];
    private int associations;

    /// <summary>Screens by VM; a VM without one has none to show.</summary>
    public Dictionary<string, byte[]> Screens { get; } = [];

    public VmGuards GuardsOf(string id) => vms[id][^1].Guards;

    /// <summary>A VM with its guards; it replaces what was known of it, visible at once.</summary>
    public void Put(ListedVm vm, VmGuards guards) => vms[vm.InstanceId] = [(DateTimeOffset.MinValue, vm with { InstanceProfileArn = guards.Profile?.Arn ?? vm.InstanceProfileArn }, guards)];

    /// <summary>Changes a VM's guards from outside of Watchdog, visible at once.</summary>
    public void AlterGuards(string id, Func<VmGuards, VmGuards> change) => Put(this[id], change(GuardsOf(id)));

    public Task<VmGuards> ReadGuardsAsync(Scope scope, string instanceId, CancellationToken ct) => RunAsync("guards", () =>
    {
        Latest(instanceId);
        return vms[instanceId].Last(v => v.VisibleAt <= clock.GetUtcNow()).Guards;
    }, ct);

    public Task SetTerminationProtectionAsync(Scope scope, string instanceId, bool on, CancellationToken ct) =>
        MutateAsync("protect", instanceId, on ? "termination on" : "termination off", vm => vm, ct, guards => guards with { TerminationProtected = on });

    public Task SetStopProtectionAsync(Scope scope, string instanceId, bool on, CancellationToken ct) =>
        MutateAsync("protect", instanceId, on ? "stop on" : "stop off", vm => vm, ct, guards => guards with { StopProtected = on });

    public Task SetShutdownBehaviourAsync(Scope scope, string instanceId, string behaviour, CancellationToken ct) =>
        MutateAsync("shutdown", instanceId, behaviour, vm => vm, ct, guards => guards with { ShutdownBehaviour = behaviour });

    public Task DisassociateAddressAsync(Scope scope, string associationId, CancellationToken ct) => RunAsync("disassociate", () =>
    {
        var (id, held) = HolderOf(held => held.AssociationId == associationId)
            ?? throw new ActuatorException(ActuatorError.WrongState, "InvalidAssociationID.NotFound", associationId);
        freeAddresses[held.AllocationId] = held.PublicIp;
        Change("disassociate", id, held.AllocationId, vm => vm, guards => guards with { Addresses = [.. guards.Addresses.Where(a => a != held)] });
        return true;
    }, ct);

    public Task AssociateAddressAsync(Scope scope, string allocationId, string interfaceId, string privateIp, CancellationToken ct) => RunAsync("associate", () =>
    {
        if (HolderOf(held => held.AllocationId == allocationId) is var (_, held))
        {
            return held.InterfaceId == interfaceId && held.PrivateIp == privateIp
                ? true
                : throw new ActuatorException(ActuatorError.WrongState, "Resource.AlreadyAssociated", allocationId);
        }

        if (!freeAddresses.TryGetValue(allocationId, out var address))
        {
            throw new ActuatorException(ActuatorError.Configuration, "InvalidAllocationID.NotFound", allocationId);
        }

        HeldAddress made = new(allocationId, NextAssociation("eipassoc"), address, interfaceId, privateIp);
        Change("associate", OwnerOf(interfaceId), allocationId, vm => vm, guards => guards with { Addresses = [.. guards.Addresses, made] });
        freeAddresses.Remove(allocationId);
        return true;
    }, ct);

    public Task ReplaceProfileAsync(Scope scope, string associationId, string profileArn, CancellationToken ct) => RunAsync("profile", () =>
    {
        var id = vms.FirstOrDefault(vm => vm.Value[^1].Guards.Profile?.AssociationId == associationId).Key
            ?? throw new ActuatorException(ActuatorError.WrongState, "InvalidAssociationID.NotFound", associationId);
        HeldProfile made = new(NextAssociation("iip-assoc"), profileArn);
        Change("profile", id, profileArn, vm => vm with { InstanceProfileArn = profileArn }, guards => guards with { Profile = made });
        return true;
    }, ct);

    public Task SnapshotAsync(Scope scope, string instanceId, Guid operationId, string description, CancellationToken ct) => RunAsync("snapshot", () =>
    {
        Change("snapshot", instanceId, "", vm => vm);
        snapshots.Add((clock.GetUtcNow() + Lag, operationId, string.Create(CultureInfo.InvariantCulture, $"snap-{snapshots.Count + 1:d4}")));
        return true;
    }, ct);

    public Task<IReadOnlyList<string>> FindSnapshotsAsync(Scope scope, Guid operationId, CancellationToken ct) =>
        RunAsync<IReadOnlyList<string>>("snapshots", () =>
            [.. snapshots.Where(s => s.Operation == operationId && s.VisibleAt <= clock.GetUtcNow()).Select(s => s.Id)], ct);

    public Task<byte[]?> ScreenshotAsync(Scope scope, string instanceId, CancellationToken ct) => RunAsync("screen", () =>
    {
        Latest(instanceId);
        return Screens.GetValueOrDefault(instanceId);
    }, ct);

    private (string Id, HeldAddress Held)? HolderOf(Func<HeldAddress, bool> which) => vms
        .SelectMany(vm => vm.Value[^1].Guards.Addresses.Where(which).Select(held => ((string, HeldAddress)?)(vm.Key, held))).FirstOrDefault();

    private string NextAssociation(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{++associations:d4}");
}
