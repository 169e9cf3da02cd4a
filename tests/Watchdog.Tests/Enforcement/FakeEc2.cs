using Watchdog.Enforcement;
using Watchdog.Inventory;

namespace Watchdog.Tests.Enforcement;

/// <summary>
/// A small EC2 behind the actuator's port: states, groups, tags, guards, changes that become visible late, and faults before or after the effect.
/// </summary>
internal sealed partial class FakeEc2(TimeProvider clock) : IActuator
{
    private readonly Dictionary<string, List<(DateTimeOffset VisibleAt, ListedVm Vm, VmGuards Guards)>> vms = [];
    private readonly Lock gate = new();
    private int calls;

    /// <summary>How long a change stays invisible to reads.</summary>
    public TimeSpan Lag { get; set; }
    /// <summary>Security groups by VPC and role.</summary>
    public Dictionary<(string Vpc, string Role), string[]> Groups { get; } = new()
    {
        [("vpc-1", "quarantine")] = ["sg-contain"], [("vpc-1", "conversion")] = ["sg-open"],
    };
    /// <summary>Every mutating call that took effect, e.g. <c>groups eni-1 sg-a,sg-b</c>.</summary>
    public List<string> Changes { get; } = [];
    /// <summary>Every call, reads too.</summary>
    public List<string> Calls { get; } = [];
    /// <summary>Called before each call with its number from 1 and its name; may throw.</summary>
    public Action<int, string>? Before { get; set; }
    /// <summary>Called after each call's effect; may throw: the answer is lost.</summary>
    public Action<int, string>? After { get; set; }

    /// <summary>EC2's code for every hibernation; null: VMs that were launched for it hibernate.</summary>
    public string? RefusesHibernation { get; set; }

    /// <summary>Called with the wanted groups before they are set; may throw.</summary>
    public Action<IReadOnlyList<string>>? BeforeGroups { get; set; }
    /// <summary>Called with the groups after they were set; may throw: the answer is lost.</summary>
    public Action<IReadOnlyList<string>>? AfterGroups { get; set; }

    public ListedVm this[string id] => vms[id][^1].Vm;

    public void Put(ListedVm vm) => Put(vm, vms.TryGetValue(vm.InstanceId, out var versions) ? versions[^1].Guards : Unguarded);

    public void Remove(string id) => vms.Remove(id);

    /// <summary>Changes a VM from outside of Watchdog, visible at once.</summary>
    public void Alter(string id, Func<ListedVm, ListedVm> change) => Put(change(this[id]));

    public Task<IReadOnlyList<ListedVm>> ReadAsync(Scope scope, IReadOnlyList<string> instanceIds, CancellationToken ct) =>
        RunAsync<IReadOnlyList<ListedVm>>("read", () =>
            [.. instanceIds.Where(vms.ContainsKey).Select(id => vms[id].Last(v => v.VisibleAt <= clock.GetUtcNow()).Vm)], ct);

    public Task<IReadOnlyList<string>> FindGroupsAsync(Scope scope, string vpcId, string role, CancellationToken ct) =>
        RunAsync<IReadOnlyList<string>>("find", () => Groups.GetValueOrDefault((vpcId, role), []), ct);

    public Task StopAsync(Scope scope, IReadOnlyList<string> instanceIds, bool force, CancellationToken ct) => RunAsync("stop", () =>
    {
        if (instanceIds.Count is 0 or > 1000)
        {
            throw new ActuatorException(ActuatorError.Configuration, "InvalidParameterValue", $"{instanceIds.Count} instances");
        }

        foreach (var id in instanceIds)
        {
            ThrowIfUnstoppable(id);
        }

        foreach (var id in instanceIds)
        {
            Change("stop", id, force ? "force" : "", vm => vm with { State = "stopped" });
        }

        return true;
    }, ct);

    public Task HibernateAsync(Scope scope, string instanceId, CancellationToken ct) => RunAsync("hibernate", () =>
    {
        ThrowIfUnstoppable(instanceId);
        if (this[instanceId].CanHibernate != true || RefusesHibernation is not null)
        {
            throw new ActuatorException(ActuatorError.WrongState, RefusesHibernation ?? "UnsupportedHibernationConfiguration", $"{instanceId} cannot be hibernated");
        }

        Change("hibernate", instanceId, "", vm => vm with { State = "stopped", StateReason = "Client.UserInitiatedHibernate" });
        return true;
    }, ct);

    public Task StartAsync(Scope scope, string instanceId, CancellationToken ct) => MutateAsync("start", instanceId, "", vm => vm.State switch
    {
        "stopped" or "pending" or "running" => vm with { State = "running" },
        _ => throw new ActuatorException(ActuatorError.WrongState, "IncorrectInstanceState", $"{vm.InstanceId} is {vm.State}"),
    }, ct);

    public Task RebootAsync(Scope scope, string instanceId, CancellationToken ct) => MutateAsync("reboot", instanceId, "", vm => vm.State switch
    {
        "running" => vm,
        _ => throw new ActuatorException(ActuatorError.WrongState, "IncorrectInstanceState", $"{vm.InstanceId} is {vm.State}"),
    }, ct);

    public Task CheckGroupsAsync(Scope scope, string interfaceId, IReadOnlyList<string> groups, CancellationToken ct) =>
        RunAsync("check", () => Latest(OwnerOf(interfaceId)), ct);

    public async Task SetGroupsAsync(Scope scope, string interfaceId, IReadOnlyList<string> groups, CancellationToken ct)
    {
        BeforeGroups?.Invoke(groups);
        await MutateAsync("groups", OwnerOf(interfaceId), $"{interfaceId} {string.Join(',', groups)}", vm => vm with
        {
            Interfaces = [.. vm.Interfaces.Select(i => i.InterfaceId == interfaceId ? i with { Groups = groups } : i)],
        }, ct);
        AfterGroups?.Invoke(groups);
    }

    public Task ReserveGroupChangesAsync(Scope scope, int calls, CancellationToken ct) => RunAsync("reserve", () => calls, ct);

    public Task SetReservedGroupsAsync(Scope scope, string interfaceId, IReadOnlyList<string> groups, CancellationToken ct) =>
        SetGroupsAsync(scope, interfaceId, groups, ct);

    public Task TagAsync(Scope scope, string instanceId, IReadOnlyDictionary<string, string> tags, CancellationToken ct) =>
        MutateAsync("tag", instanceId, string.Join(',', tags.Select(t => $"{t.Key}={t.Value}")), vm => vm with
        {
            Tags = vm.Tags.Where(t => !tags.ContainsKey(t.Key)).Concat(tags).ToDictionary(),
        }, ct);

    public Task UntagAsync(Scope scope, string instanceId, IReadOnlyDictionary<string, string> tags, CancellationToken ct) =>
        MutateAsync("untag", instanceId, string.Join(',', tags.Keys), vm => vm with
        {
            Tags = vm.Tags.Where(t => tags.GetValueOrDefault(t.Key) != t.Value).ToDictionary(),
        }, ct);

    private string OwnerOf(string interfaceId) =>
        vms.Values.Select(v => v[^1].Vm).FirstOrDefault(v => v.Interfaces.Any(i => i.InterfaceId == interfaceId))?.InstanceId ?? interfaceId;

    private void ThrowIfUnstoppable(string id)
    {
        var (_, vm, guards) = Latest(id);
        if (vm.State is not ("running" or "stopping" or "stopped"))
        {
            throw new ActuatorException(ActuatorError.WrongState, "IncorrectInstanceState", $"{id} is {vm.State}");
        }

        if (vm.Lifecycle == "spot" || vm.RootDeviceType == "instance-store")
        {
            throw new ActuatorException(ActuatorError.WrongState, "UnsupportedOperation", $"{id} cannot be stopped");
        }

        if (guards.StopProtected)
        {
            throw new ActuatorException(ActuatorError.WrongState, "OperationNotPermitted", $"{id} may not be stopped");
        }
    }

    private (DateTimeOffset VisibleAt, ListedVm Vm, VmGuards Guards) Latest(string id) =>
        vms.TryGetValue(id, out var versions) ? versions[^1] : throw new ActuatorException(ActuatorError.Gone, "InvalidInstanceID.NotFound", id);

    private void Change(string name, string id, string detail, Func<ListedVm, ListedVm> change, Func<VmGuards, VmGuards>? guard = null)
    {
        var (_, vm, guards) = Latest(id);
        vms[id].Add((clock.GetUtcNow() + Lag, change(vm), guard?.Invoke(guards) ?? guards));
        Changes.Add($"{name} " + (detail.StartsWith("eni", StringComparison.Ordinal) ? detail : $"{id} {detail}".Trim()));
    }

    private Task<bool> MutateAsync(
        string name, string id, string detail, Func<ListedVm, ListedVm> change, CancellationToken ct, Func<VmGuards, VmGuards>? guard = null) => RunAsync(name, () =>
    {
        Change(name, id, detail, change, guard);
        return true;
    }, ct);

    private async Task<T> RunAsync<T>(string name, Func<T> work, CancellationToken ct)
    {
        await Task.Yield();
        ct.ThrowIfCancellationRequested();
        // Several acts call at once; each call is one thing that happens.
        lock (gate)
        {
            var number = ++calls;
            Calls.Add(name);
            Before?.Invoke(number, name);
            var result = work();
            After?.Invoke(number, name);
            return result;
        }
    }
}
