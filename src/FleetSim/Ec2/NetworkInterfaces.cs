using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>ModifyNetworkInterfaceAttribute with groups: replaces the whole set of one interface.</summary>
internal static class NetworkInterfaces
{
    private const int GroupsAnInterface = 5;

    public static void Modify(Call call, XmlOut xml)
    {
        var region = call.Region;
        var id = call.Fields.Need("NetworkInterfaceId");
        if (!region.TryFindInterface(id, out var index, out var device)
            || region.PowerAt(index, call.Now) is null or { State: PowerState.Terminated })
        {
            throw new AwsError(400, "InvalidNetworkInterfaceID.NotFound", $"The networkInterface ID '{id}' does not exist");
        }

        var groups = Groups(call, index, call.Fields.List("SecurityGroupId"));
        DryRun.Stop(call);
        lock (region.Gate)
            region.SetGroups(index, device, groups, call.Now);
        xml.Raw("<return>true</return>"u8);
    }

    /// <summary>The set asked for, checked: known groups of the VM's own VPC, one to five of them.</summary>
    public static string[] Groups(Call call, int index, List<string> asked)
    {
        var region = call.Region;
        if (asked.Count == 0)
            throw AwsError.Combination("No attributes specified.");
        var vpc = Network.VpcId(VmShape.Vpc(region.Vms[index], region.Network.VpcCount));
        foreach (var id in asked)
        {
            if (region.Network.Find(id) is not { } group)
                throw new AwsError(400, "InvalidGroup.NotFound", $"The security group '{id}' does not exist");
            if (group.VpcId != vpc)
                throw new AwsError(400, "InvalidGroup.NotFound", $"The security group '{id}' does not exist in VPC '{vpc}'");
        }

        string[] groups = [.. asked.Distinct(StringComparer.Ordinal)];
        if (groups.Length > GroupsAnInterface)
        {
            throw new AwsError(400, "SecurityGroupsPerInterfaceLimitExceeded",
                $"The maximum number of security groups per interface has been reached: {GroupsAnInterface}");
        }

        return groups;
    }
}
