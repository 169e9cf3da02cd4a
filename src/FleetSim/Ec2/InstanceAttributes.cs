using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>
/// DescribeInstanceAttribute and ModifyInstanceAttribute: one attribute a call, of stop protection, termination protection, shutdown
/// behaviour and (for a VM with one interface) groups.
/// </summary>
internal static class InstanceAttributes
{
    public static void Modify(Call call, XmlOut xml)
    {
        var index = InstanceIds.Resolve(call.Region, [call.Fields.Need("InstanceId")], call.Now)[0];
        var groups = call.Fields.List("GroupId");
        string?[] words = [call.Fields.Get("DisableApiTermination.Value"), call.Fields.Get("DisableApiStop.Value"), call.Fields.Get("InstanceInitiatedShutdownBehavior.Value")];
        var asked = words.Count(word => word is not null) + (groups.Count == 0 ? 0 : 1);
        if (asked == 0)
            throw AwsError.Combination("No attributes specified.");
        if (asked > 1)
            throw AwsError.Combination("Fields for multiple attribute types specified");
        if (groups.Count > 0)
        {
            if (VmShape.InterfaceCount(call.Region.Vms[index]) > 1)
            {
                throw new AwsError(400, "InvalidInstanceID",
                    $"There are multiple interfaces attached to instance '{call.Region.Vms[index].InstanceId}'. Please specify an interface ID for the operation instead.");
            }

            var set = NetworkInterfaces.Groups(call, index, groups);
            DryRun.Stop(call);
            lock (call.Region.Gate)
                call.Region.SetGroups(index, 0, set, call.Now);
        }
        else
        {
            var set = Changed(call, index, words);
            DryRun.Stop(call);
            lock (call.Region.Gate)
                call.Region.Change(index).Protection.Add(call.Now, set);
        }

        xml.Raw("<return>true</return>"u8);
    }

    public static void Describe(Call call, XmlOut xml)
    {
        var index = InstanceIds.Resolve(call.Region, [call.Fields.Need("InstanceId")], call.Seen)[0];
        var attribute = call.Fields.Need("Attribute");
        var protection = call.Region.ProtectionAt(index, call.Seen);
        DryRun.Stop(call);
        xml.Text("instanceId"u8, call.Region.Vms[index].InstanceId);
        switch (attribute)
        {
            case "disableApiTermination": Value(xml, "disableApiTermination"u8, protection.Termination ? "true" : "false"); break;
            case "disableApiStop": Value(xml, "disableApiStop"u8, protection.Stop ? "true" : "false"); break;
            case "instanceInitiatedShutdownBehavior": Value(xml, "instanceInitiatedShutdownBehavior"u8, protection.ShutdownBehaviour); break;
            case "groupSet" when VmShape.InterfaceCount(call.Region.Vms[index]) == 1: InstanceXml.Groups(xml, call.Region, index, 0, call.Seen); break;
            default: throw AwsError.InvalidParameter($"Value ({attribute}) for parameter attribute is invalid. Unknown attribute.");
        }
    }

    private static void Value(XmlOut xml, ReadOnlySpan<byte> name, string value)
    {
        xml.Open(name);
        xml.Text("value"u8, value);
        xml.Close(name);
    }

    private static Protection Changed(Call call, int index, string?[] words)
    {
        if (VmShape.IsSpot(call.Region.Vms[index], call.Region.Options))
            throw new AwsError(400, "UnsupportedOperation", $"The attribute cannot be modified for the Spot Instance '{call.Region.Vms[index].InstanceId}'.");
        var held = call.Region.ProtectionAt(index, call.Now);
        if (words[2] is { } behaviour && (behaviour is not ("stop" or "terminate") || VmShape.HasInstanceStoreRoot(call.Region.Vms[index], call.Region.Options)))
            throw AwsError.InvalidParameter($"Value ({behaviour}) for parameter value is invalid. Invalid instance initiated shutdown behavior.");
        return new(Flag(words[0]) ?? held.Termination, Flag(words[1]) ?? held.Stop, words[2] is { } word ? word == "terminate" : held.TerminatesOnShutdown);
    }

    private static bool? Flag(string? word) => word is null ? null : string.Equals(word, "true", StringComparison.OrdinalIgnoreCase);
}
