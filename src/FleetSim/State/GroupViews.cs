namespace Watchdog.FleetSim.State;

/// <summary>
/// Security groups of interfaces over time, and what a change of them does to established flows.
/// AWS (EC2 User Guide, "Security group connection tracking"): a flow that a rule set tracks survives a change of groups until it is
/// idle for its time-out; a flow allowed by all-traffic rules both ways is not tracked and ends at once. Flows through a NAT gateway
/// are always tracked.
/// </summary>
internal static class GroupViews
{
    /// <summary>How long tracked flows of a VM outside NAT outlive a direct swap: a miner's socket falls idle for 350 s (Nitro v6's time-out) within it.</summary>
    private static readonly TimeSpan TrackedFlowsSurvive = TimeSpan.FromMinutes(10);

    /// <summary>The groups of an interface at the instant.</summary>
    public static string[] GroupsAt(this RegionState region, int index, int device, DateTimeOffset at) =>
        region.Changed(index)?.Groups?[device] is { } changes && changes.TryAt(at, out var groups)
            ? groups
            : VmShape.LaunchGroups(region.Vms[index], device, region.Network);

    /// <summary>Replaces an interface's whole set. Under the Region's lock.</summary>
    public static void SetGroups(this RegionState region, int index, int device, string[] groups, DateTimeOffset at)
    {
        var state = region.Change(index);
        var slots = state.Groups ?? new History<string[]>?[4];
        (slots[device] ??= new History<string[]>()).Add(at, groups);
        state.Groups = slots;
    }

    /// <summary>
    /// Whether all flows to the outside are cut at the instant: every interface has only its containment group, and its flows are gone.
    /// They are gone at once when the interface went through the allow-all conversion group just before (that turns tracked flows into
    /// untracked ones), after ten minutes on a direct swap; behind a NAT gateway never, until the VM stops: there a flow is always tracked.
    /// </summary>
    public static bool FlowsCut(this RegionState region, int index, DateTimeOffset at)
    {
        if (region.Changed(index)?.Groups is not { } slots)
            return false;
        var vm = region.Vms[index];
        var runningSince = region.RunningSince(index, at) ?? DateTimeOffset.MinValue;
        var behindNat = VmShape.BehindNat(vm);
        for (var device = 0; device < VmShape.InterfaceCount(vm); device++)
        {
            if (slots[device] is not { } changes || !Cut(region.Network, changes, at, runningSince, behindNat))
                return false;
        }

        return true;
    }

    /// <summary>Whether every interface has only its containment group at the instant.</summary>
    public static bool ContainedAt(this RegionState region, int index, DateTimeOffset at) =>
        Enumerable.Range(0, VmShape.InterfaceCount(region.Vms[index]))
            .All(device => Only(region.Network, region.GroupsAt(index, device, at), GroupRole.Containment));

    private static bool Cut(Network network, History<string[]> changes, DateTimeOffset at, DateTimeOffset runningSince, bool behindNat)
    {
        var entries = changes.Entries;
        var now = entries.Length - 1;
        while (now >= 0 && entries[now].At > at)
            now--;
        if (now < 0 || !Only(network, entries[now].Value, GroupRole.Containment))
            return false;
        while (now > 0 && Only(network, entries[now - 1].Value, GroupRole.Containment))
            now--;
        var contained = entries[now].At;
        if (runningSince >= contained)
            return true;
        if (behindNat)
            return false;
        var converted = now > 0 && Only(network, entries[now - 1].Value, GroupRole.Conversion);
        return converted || at >= contained + TrackedFlowsSurvive;
    }

    private static bool Only(Network network, string[] groups, GroupRole role) =>
        groups.Length > 0 && groups.All(g => network.Find(g)?.Role == role);
}
