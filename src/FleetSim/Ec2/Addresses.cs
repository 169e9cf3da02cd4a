using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>DescribeAddresses, DisassociateAddress, AssociateAddress. An association's id is new each time.</summary>
internal static class Addresses
{
    public static void Describe(Call call, XmlOut xml)
    {
        var filters = FilterFields.Read(call.Fields);
        var ids = call.Fields.List("AllocationId");
        var addresses = call.Fields.List("PublicIp");
        if (ids.Find(id => call.Region.FindAddress(id, call.Seen) is null) is { } unknown)
            throw new AwsError(400, "InvalidAllocationID.NotFound", $"The allocation ID '{unknown}' does not exist");
        DryRun.Stop(call);
        xml.Open("addressesSet"u8);
        var named = FilterFields.NamedIds(filters);
        foreach (var address in named is null ? call.Region.AllAddresses(call.Seen)
            : call.Region.Listed(named, 0).SelectMany(index => call.Region.AddressesOn(index, call.Seen)).OrderBy(address => address.Home))
        {
            if ((ids.Count == 0 || ids.Contains(address.AllocationId)) && (addresses.Count == 0 || addresses.Contains(address.PublicIp))
                && filters.TrueForAll(filter => Matches(call, filter, address)))
            {
                Write(call, xml, address);
            }
        }

        xml.Close("addressesSet"u8);
    }

    public static void Disassociate(Call call, XmlOut xml)
    {
        var id = call.Fields.Need("AssociationId");
        lock (call.Region.Gate)
        {
            var address = call.Region.FindAssociation(id, call.Now)
                ?? throw new AwsError(400, "InvalidAssociationID.NotFound", $"The association ID '{id}' does not exist");
            DryRun.Stop(call);
            call.Region.Tie(address, null, call.Now);
        }

        xml.Raw("<return>true</return>"u8);
    }

    public static void Associate(Call call, XmlOut xml)
    {
        var region = call.Region;
        AddressTie made;
        lock (region.Gate)
        {
            var address = region.FindAddress(call.Fields.Need("AllocationId"), call.Now)
                ?? throw new AwsError(400, "InvalidAllocationID.NotFound", $"The allocation ID '{call.Fields.Get("AllocationId")}' does not exist");
            var to = Place(call);
            var there = address.Tie is { } tie && (tie.Index, tie.Device) == to;
            if (!there && !MayMove(call))
            {
                if (address.Tie is { } elsewhere)
                    throw AlreadyAssociated(address.AllocationId, elsewhere);
                if (region.AddressesOn(to.Index, call.Now).FirstOrDefault(on => on.Tie!.Device == to.Device) is { Tie: { } other })
                    throw AlreadyAssociated(call.Fields.Need("NetworkInterfaceId"), other);
            }

            DryRun.Stop(call);
            made = there ? address.Tie! : region.Tie(address, to, call.Now)!;
        }

        xml.Raw("<return>true</return>"u8);
        xml.Text("associationId"u8, made.AssociationId);
    }

    private static (int Index, int Device) Place(Call call)
    {
        var id = call.Fields.Need("NetworkInterfaceId");
        if (!call.Region.TryFindInterface(id, out var index, out var device)
            || call.Region.PowerAt(index, call.Now) is null or { State: PowerState.Terminated })
        {
            throw new AwsError(400, "InvalidNetworkInterfaceID.NotFound", $"The networkInterface ID '{id}' does not exist");
        }

        var address = VmShape.PrivateAddress(call.Region.Vms[index], device);
        return call.Fields.Get("PrivateIpAddress") is { } asked && asked != address
            ? throw AwsError.InvalidParameter($"The private IP address {asked} is not assigned to the network interface '{id}'")
            : (index, device);
    }

    // AWS's default is to move it.
    private static bool MayMove(Call call) => call.Fields.Get("AllowReassociation") is not { } word || string.Equals(word, "true", StringComparison.OrdinalIgnoreCase);

    private static AwsError AlreadyAssociated(string resource, AddressTie by) =>
        new(400, "Resource.AlreadyAssociated", $"resource {resource} is already associated with associate-id {by.AssociationId}");

    private static bool Matches(Call call, FilterFields filter, ElasticAddress address) => filter.Name switch
    {
        "allocation-id" => filter.Any(address.AllocationId),
        "public-ip" => filter.Any(address.PublicIp),
        "domain" => filter.Any("vpc"),
        "association-id" => filter.Any(address.Tie?.AssociationId),
        "instance-id" => address.Tie is { } tie && filter.Any(call.Region.Vms[tie.Index].InstanceId),
        "network-interface-id" => address.Tie is { } tie && filter.Any(VmShape.InterfaceId(call.Region.Vms[tie.Index], tie.Device)),
        "private-ip-address" => address.Tie is { } tie && filter.Any(VmShape.PrivateAddress(call.Region.Vms[tie.Index], tie.Device)),
        _ => throw FilterFields.Unknown(filter.Name),
    };

    private static void Write(Call call, XmlOut xml, ElasticAddress address)
    {
        xml.Open("item"u8);
        xml.Text("publicIp"u8, address.PublicIp);
        xml.Text("allocationId"u8, address.AllocationId);
        xml.Text("domain"u8, "vpc"u8);
        if (address.Tie is { } tie)
        {
            var vm = call.Region.Vms[tie.Index];
            xml.Text("instanceId"u8, vm.InstanceId);
            xml.Text("associationId"u8, tie.AssociationId);
            xml.Text("networkInterfaceId"u8, VmShape.InterfaceId(vm, tie.Device));
            xml.Text("networkInterfaceOwnerId"u8, call.Region.Options.AccountId);
            xml.Text("privateIpAddress"u8, VmShape.PrivateAddress(vm, tie.Device));
        }

        xml.Text("publicIpv4Pool"u8, "amazon"u8);
        xml.Text("networkBorderGroup"u8, call.Region.Options.Region);
        xml.Close("item"u8);
    }
}
