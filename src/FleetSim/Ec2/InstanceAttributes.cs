using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>ModifyInstanceAttribute: one attribute a call, of stop protection, termination protection and (for a VM with one interface) groups.</summary>
internal static class InstanceAttributes
{
    public static void Modify(Call call, XmlOut xml)
    {
        var index = InstanceIds.Resolve(call.Region, [call.Fields.Need("InstanceId")], call.Now)[0];
        var stop = call.Fields.Get("DisableApiStop.Value");
        var termination = call.Fields.Get("DisableApiTermination.Value");
        var groups = call.Fields.List("GroupId");
        var asked = (stop is null ? 0 : 1) + (termination is null ? 0 : 1) + (groups.Count == 0 ? 0 : 1);
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
            DryRun.Stop(call);
            lock (call.Region.Gate)
                Protect(call.Region.Change(index), stop, termination);
        }

        xml.Raw("<return>true</return>"u8);
    }

    private static void Protect(VmState state, string? stop, string? termination)
    {
        if (stop is not null)
            state.StopProtected = string.Equals(stop, "true", StringComparison.OrdinalIgnoreCase);
        if (termination is not null)
            state.TerminationProtected = string.Equals(termination, "true", StringComparison.OrdinalIgnoreCase);
    }
}
