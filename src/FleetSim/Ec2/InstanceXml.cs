using System.Globalization;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>One instance as DescribeInstances shows it, in a reservation of its own.</summary>
internal static class InstanceXml
{
    public static string Subnet(in Candidate c) =>
        Network.SubnetId(VmShape.Vpc(c.Vm, c.Region.Network.VpcCount), c.Vm.AvailabilityZone, VmShape.BehindNat(c.Vm));

    public static void Write(XmlOut xml, in Candidate c)
    {
        var vm = c.Vm;
        var id = vm.InstanceId;
        var alive = c.Power.State is not PowerState.Terminated;
        var launch = c.Region.LaunchTime(c.Index, c.Seen);

        xml.Open("item"u8);
        xml.Open("reservationId"u8);
        xml.Raw("r-"u8);
        xml.Escape(id.AsSpan(2));
        xml.Close("reservationId"u8);
        xml.Text("ownerId"u8, c.Region.Options.AccountId);
        xml.Raw("<groupSet/><instancesSet><item>"u8);
        xml.Text("instanceId"u8, id);
        xml.Text("imageId"u8, vm.ImageId);
        State(xml, "instanceState"u8, c.Power.State);
        xml.Text("privateDnsName"u8, "");
        xml.Text("dnsName"u8, "");
        xml.Text("reason"u8, TransitionReason(c.Power));
        xml.Raw("<amiLaunchIndex>0</amiLaunchIndex><productCodes/>"u8);
        xml.Text("instanceType"u8, vm.InstanceType);
        xml.Time("launchTime"u8, launch);
        xml.Open("placement"u8);
        xml.Text("availabilityZone"u8, vm.AvailabilityZone);
        xml.Raw("<groupName/><tenancy>default</tenancy></placement>"u8);
        xml.Raw("<monitoring><state>disabled</state></monitoring>"u8);
        if (alive)
        {
            xml.Text("subnetId"u8, Subnet(c));
            xml.Text("vpcId"u8, Network.VpcId(VmShape.Vpc(vm, c.Region.Network.VpcCount)));
            xml.Text("privateIpAddress"u8, VmShape.PrivateAddress(vm, 0));
            xml.Text("ipAddress"u8, c.Region.PublicAddressAt(c.Index, c.Power, c.Seen));
            xml.Raw("<sourceDestCheck>true</sourceDestCheck>"u8);
            Groups(xml, c.Region, c.Index, 0, c.Seen);
        }

        if (c.Power.Reason is { } reason)
        {
            xml.Open("stateReason"u8);
            xml.Text("code"u8, reason);
            xml.Text("message"u8, $"{reason}: {ReasonText(reason)}");
            xml.Close("stateReason"u8);
        }

        xml.Raw("<architecture>x86_64</architecture>"u8);
        xml.Text("rootDeviceType"u8, VmShape.HasInstanceStoreRoot(vm, c.Region.Options) ? "instance-store"u8 : "ebs"u8);
        xml.Raw("<rootDeviceName>/dev/xvda</rootDeviceName>"u8);
        Volumes(xml, c, alive);
        xml.Raw("<virtualizationType>hvm</virtualizationType><clientToken/>"u8);
        if (VmShape.IsSpot(vm, c.Region.Options))
            xml.Raw("<instanceLifecycle>spot</instanceLifecycle>"u8);
        Tags(xml, c.Region.TagsAt(c.Index, c.Seen));
        xml.Raw("<hypervisor>xen</hypervisor>"u8);
        if (alive)
            Interfaces(xml, c);
        if (c.Region.ProfileAt(c.Index, c.Seen) is { } profile)
            Profile(xml, c.Region, profile.Name);
        xml.Raw("<ebsOptimized>false</ebsOptimized><enaSupport>true</enaSupport>"u8);
        if (VmShape.CanHibernate(vm, c.Region.Options))
            xml.Raw("<hibernationOptions><configured>true</configured></hibernationOptions>"u8);
        xml.Open("cpuOptions"u8);
        xml.Number("coreCount"u8, Math.Max(1, vm.Vcpus / 2));
        xml.Number("threadsPerCore"u8, vm.Vcpus > 1 ? 2 : 1);
        xml.Close("cpuOptions"u8);
        xml.Raw("</item></instancesSet></item>"u8);
    }

    public static void Profile(XmlOut xml, RegionState region, string name)
    {
        xml.Open("iamInstanceProfile"u8);
        xml.Text("arn"u8, ProfileViews.Arn(region, name));
        xml.Text("id"u8, "AIPASIMULATED" + name.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal));
        xml.Close("iamInstanceProfile"u8);
    }

    public static void State(XmlOut xml, ReadOnlySpan<byte> name, PowerState state)
    {
        xml.Open(name);
        xml.Number("code"u8, (int)state);
        xml.Text("name"u8, state.Name());
        xml.Close(name);
    }

    public static void Tags(XmlOut xml, IEnumerable<KeyValuePair<string, string>> tags)
    {
        xml.Open("tagSet"u8);
        foreach (var (key, value) in tags)
        {
            xml.Open("item"u8);
            xml.Text("key"u8, key);
            xml.Text("value"u8, value);
            xml.Close("item"u8);
        }

        xml.Close("tagSet"u8);
    }

    private static string TransitionReason(Power power) => power.Reason switch
    {
        "Client.UserInitiatedShutdown" => string.Create(CultureInfo.InvariantCulture, $"User initiated ({power.AskedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} GMT)"),
        PowerChanges.UserHibernate => string.Create(CultureInfo.InvariantCulture, $"User initiated hibernate ({power.AskedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} GMT)"),
        { } other when other.StartsWith("Server.", StringComparison.Ordinal) => other,
        _ => "",
    };

    private static string ReasonText(string reason) => reason switch
    {
        "Client.UserInitiatedShutdown" => "User initiated shutdown",
        "Client.InstanceInitiatedShutdown" => "Instance initiated shutdown",
        PowerChanges.UserHibernate => "User initiated hibernate",
        "Server.ScheduledStop" => "Stopped due to a scheduled retirement",
        _ => "Instance termination due to Spot capacity",
    };

    public static void Groups(XmlOut xml, RegionState region, int index, int device, DateTimeOffset seen)
    {
        xml.Open("groupSet"u8);
        foreach (var group in region.GroupsAt(index, device, seen))
        {
            xml.Open("item"u8);
            xml.Text("groupId"u8, group);
            xml.Text("groupName"u8, region.Network.Find(group)?.Name);
            xml.Close("item"u8);
        }

        xml.Close("groupSet"u8);
    }

    private static void Volumes(XmlOut xml, in Candidate c, bool alive)
    {
        xml.Open("blockDeviceMapping"u8);
        if (alive)
        {
            xml.Raw("<item><deviceName>/dev/xvda</deviceName><ebs>"u8);
            xml.Text("volumeId"u8, VmShape.VolumeId(c.Vm));
            xml.Raw("<status>attached</status>"u8);
            // A stop and a start leave the root volume attached.
            xml.Time("attachTime"u8, c.Vm.LaunchTime);
            xml.Raw("<deleteOnTermination>true</deleteOnTermination></ebs></item>"u8);
        }

        xml.Close("blockDeviceMapping"u8);
    }

    private static void Interfaces(XmlOut xml, in Candidate c)
    {
        xml.Open("networkInterfaceSet"u8);
        for (var device = 0; device < VmShape.InterfaceCount(c.Vm); device++)
        {
            xml.Open("item"u8);
            xml.Text("networkInterfaceId"u8, VmShape.InterfaceId(c.Vm, device));
            xml.Text("subnetId"u8, Subnet(c));
            xml.Text("vpcId"u8, Network.VpcId(VmShape.Vpc(c.Vm, c.Region.Network.VpcCount)));
            xml.Text("description"u8, "");
            xml.Text("ownerId"u8, c.Region.Options.AccountId);
            xml.Raw("<status>in-use</status>"u8);
            xml.Text("privateIpAddress"u8, VmShape.PrivateAddress(c.Vm, device));
            xml.Raw("<sourceDestCheck>true</sourceDestCheck>"u8);
            Groups(xml, c.Region, c.Index, device, c.Seen);
            Association(xml, c, device);
            xml.Open("attachment"u8);
            xml.Text("attachmentId"u8, VmShape.AttachmentId(c.Vm, device));
            xml.Number("deviceIndex"u8, device);
            xml.Raw("<status>attached</status>"u8);
            xml.Time("attachTime"u8, c.Vm.LaunchTime);
            xml.Flag("deleteOnTermination"u8, device == 0);
            xml.Raw("<networkCardIndex>0</networkCardIndex></attachment><interfaceType>interface</interfaceType></item>"u8);
        }

        xml.Close("networkInterfaceSet"u8);
    }

    private static void Association(XmlOut xml, in Candidate c, int device)
    {
        var elastic = c.Region.AddressesOn(c.Index, c.Seen).FirstOrDefault(on => on.Tie!.Device == device);
        var address = elastic?.PublicIp ?? (device == 0 ? c.Region.PublicAddressAt(c.Index, c.Power, c.Seen) : null);
        if (address is null)
            return;
        xml.Open("association"u8);
        xml.Text("publicIp"u8, address);
        xml.Text("publicDnsName"u8, "");
        xml.Text("ipOwnerId"u8, elastic is null ? "amazon" : c.Region.Options.AccountId);
        xml.Close("association"u8);
    }
}
