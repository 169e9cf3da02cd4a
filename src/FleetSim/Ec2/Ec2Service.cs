using System.Collections.Frozen;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>EC2's operations and the envelope around their answers.</summary>
internal static class Ec2Service
{
    private static readonly FrozenDictionary<string, Action<Call, XmlOut>> Operations = new Dictionary<string, Action<Call, XmlOut>>
    {
        ["DescribeInstances"] = DescribeInstances.Handle,
        ["DescribeInstanceStatus"] = DescribeInstanceStatus.Handle,
        ["DescribeSecurityGroups"] = SecurityGroups.Describe,
        ["StopInstances"] = PowerOperations.Stop,
        ["StartInstances"] = PowerOperations.Start,
        ["RebootInstances"] = PowerOperations.Reboot,
        ["ModifyNetworkInterfaceAttribute"] = NetworkInterfaces.Modify,
        ["ModifyInstanceAttribute"] = InstanceAttributes.Modify,
        ["DescribeInstanceAttribute"] = InstanceAttributes.Describe,
        ["DescribeAddresses"] = Addresses.Describe,
        ["DisassociateAddress"] = Addresses.Disassociate,
        ["AssociateAddress"] = Addresses.Associate,
        ["DescribeIamInstanceProfileAssociations"] = Profiles.Describe,
        ["ReplaceIamInstanceProfileAssociation"] = Profiles.Replace,
        ["CreateTags"] = Tags.Create,
        ["DeleteTags"] = Tags.Delete,
        ["CreateSnapshots"] = Snapshots.Create,
        ["DescribeSnapshots"] = Snapshots.Describe,
        ["GetConsoleOutput"] = ConsoleOutput.Get,
        ["GetConsoleScreenshot"] = ConsoleScreen.Get,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void Answer(Call call, PooledBuffer output)
    {
        if (!Operations.TryGetValue(call.Action, out var operation))
            throw new AwsError(400, "InvalidAction", $"The action {call.Action} is not valid for this web service.");
        var xml = new XmlOut(output);
        xml.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<"u8);
        xml.Escape(call.Action);
        xml.Raw("Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"u8);
        xml.Text("requestId"u8, call.RequestId);
        operation(call, xml);
        xml.Raw("</"u8);
        xml.Escape(call.Action);
        xml.Raw("Response>"u8);
    }
}
