using System.Globalization;

namespace Watchdog.FleetSim.State;

/// <summary>Where an Elastic IP address is: on an interface of a VM.</summary>
internal sealed record AddressTie(int Index, int Device, string AssociationId);

/// <summary>An Elastic IP address. Each belongs to the VM that it was allocated for (its home); it may be elsewhere, or nowhere, by now.</summary>
internal sealed record ElasticAddress(string AllocationId, int Home, string PublicIp, AddressTie? Tie);

/// <summary>The Region's Elastic IP addresses: computed from the VMs, and what was changed about them.</summary>
internal static class AddressViews
{
    /// <summary>All of them, in the order of their homes.</summary>
    public static IEnumerable<ElasticAddress> AllAddresses(this RegionState region, DateTimeOffset at)
    {
        for (var home = 0; home < region.Vms.Count; home++)
        {
            if (VmShape.HasElasticAddress(region.Vms[home], region.Options))
                yield return region.AddressOf(home, at);
        }
    }

    /// <summary>Those on a VM.</summary>
    public static IEnumerable<ElasticAddress> AddressesOn(this RegionState region, int index, DateTimeOffset at)
    {
        var hasOwn = VmShape.HasElasticAddress(region.Vms[index], region.Options);
        var others = region.Changed(index)?.AddressHomes ?? [];
        // A listing asks this of each VM, and nearly all of them have none.
        if (!hasOwn && others.Length == 0)
            return [];
        int[] own = hasOwn ? [index] : [];
        return own.Union(others).Select(home => region.AddressOf(home, at)).Where(address => address.Tie?.Index == index);
    }

    public static ElasticAddress? FindAddress(this RegionState region, string allocationId, DateTimeOffset at) =>
        VmShape.TryAllocationHome(region, allocationId, out var home) ? region.AddressOf(home, at) : null;

    public static ElasticAddress? FindAssociation(this RegionState region, string associationId, DateTimeOffset at) =>
        region.AllAddresses(at).FirstOrDefault(address => address.Tie?.AssociationId == associationId);

    /// <summary>Takes an address off, or puts it on. Under the Region's lock.</summary>
    public static AddressTie? Tie(this RegionState region, ElasticAddress address, (int Index, int Device)? to, DateTimeOffset at)
    {
        var history = region.AddressTies.GetOrAdd(address.Home, _ => new());
        var number = 0x9000 + (ulong)history.Entries.Length;
        var id = string.Create(CultureInfo.InvariantCulture, $"eipassoc-0{Mix.Of(region.Vms[address.Home].Seed, number):x16}");
        var tie = to is { } place ? new AddressTie(place.Index, place.Device, id) : null;
        history.Add(at, tie);
        foreach (var index in new[] { address.Tie?.Index, tie?.Index }.OfType<int>())
        {
            var state = region.Change(index);
            state.AddressHomes = [.. state.AddressHomes.Union([address.Home])];
        }

        return tie;
    }

    /// <summary>
    /// The public address that DescribeInstances shows. A VM that lost its Elastic IP gets an automatic one anew, as long as it has one
    /// interface only (EC2 User Guide, "Public IPv4 addresses").
    /// </summary>
    public static string? PublicAddressAt(this RegionState region, int index, Power power, DateTimeOffset at)
    {
        var vm = region.Vms[index];
        if (region.AddressesOn(index, at).FirstOrDefault(address => address.Tie!.Device == 0) is { } elastic)
            return elastic.PublicIp;
        var hadOne = VmShape.HasElasticAddress(vm, region.Options) || region.Changed(index)?.AddressHomes.Length > 0;
        if (VmShape.BehindNat(vm) || (hadOne && VmShape.InterfaceCount(vm) > 1)
            || power.State is not (PowerState.Running or PowerState.Pending or PowerState.Stopping))
        {
            return null;
        }

        return VmShape.PublicAddress(vm, region.StartCount(index, at) + (hadOne ? 1000 : 0));
    }

    private static ElasticAddress AddressOf(this RegionState region, int home, DateTimeOffset at)
    {
        var vm = region.Vms[home];
        var tie = region.AddressTies.TryGetValue(home, out var history) && history.TryAt(at, out var changed)
            ? changed
            : new AddressTie(home, 0, VmShape.AddressAssociationId(vm));
        var isThere = tie is not null && region.PowerAt(tie.Index, at) is { State: not PowerState.Terminated };
        return new(VmShape.AllocationId(vm), home, VmShape.ElasticAddress(vm), isThere ? tie : null);
    }
}
