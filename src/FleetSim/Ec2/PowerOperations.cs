using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Throttling;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>StopInstances, StartInstances, RebootInstances: the whole batch or nothing.</summary>
internal static class PowerOperations
{
    public static void Stop(Call call, XmlOut xml)
    {
        var vms = Targets(call);
        DryRun.Stop(call);
        var hibernate = call.Fields.Flag("Hibernate");
        if (hibernate && !vms.TrueForAll(index => VmShape.CanHibernate(call.Region.Vms[index], call.Region.Options)))
            throw new AwsError(400, "UnsupportedHibernationConfiguration", "The instances are not enabled for hibernation.");
        if (hibernate && call.Faults.NoHibernation(call.Number))
            throw new AwsError(400, "UnsupportedOperation", "The instance is not ready to hibernate yet.");
        call.Buckets.Take(call, Buckets.StopResources, vms.Count);
        Change(call, xml, vms, hibernate ? PowerAction.Hibernate : PowerAction.Stop, index => ThrowIfUnstoppable(call, index));
    }

    public static void Start(Call call, XmlOut xml)
    {
        var vms = Targets(call);
        DryRun.Stop(call);
        call.Buckets.Take(call, Buckets.StartResources, vms.Count);
        if (call.Faults.NoCapacity(call.Number))
        {
            throw new AwsError(500, "InsufficientInstanceCapacity",
                "We currently do not have sufficient capacity in the Availability Zone you requested. Our system will be working on provisioning additional capacity.");
        }

        Change(call, xml, vms, PowerAction.Start, _ => { });
    }

    public static void Reboot(Call call, XmlOut xml)
    {
        var vms = Targets(call);
        DryRun.Stop(call);
        lock (call.Region.Gate)
        {
            ThrowIfRefused(call, vms, PowerAction.Reboot);
            foreach (var index in vms)
                PowerChanges.Apply(call.Region, index, PowerAction.Reboot, call.Now);
        }

        xml.Raw("<return>true</return>"u8);
    }

    private static List<int> Targets(Call call)
    {
        if (call.Fields.Get("InstanceId.1") is null)
            throw AwsError.Missing("InstanceId");
        return InstanceIds.Read(call, call.Now);
    }

    private static void Change(Call call, XmlOut xml, List<int> vms, PowerAction action, Action<int> check)
    {
        var region = call.Region;
        var before = new PowerState[vms.Count];
        lock (region.Gate)
        {
            vms.ForEach(check);
            ThrowIfRefused(call, vms, action);
            for (var i = 0; i < vms.Count; i++)
            {
                before[i] = region.PowerAt(vms[i], call.Now)!.Value.State;
                // Idempotent: what stops or starts already is left as it is.
                PowerChanges.Apply(region, vms[i], action, call.Now);
            }
        }

        xml.Open("instancesSet"u8);
        for (var i = 0; i < vms.Count; i++)
        {
            xml.Open("item"u8);
            xml.Text("instanceId"u8, region.Vms[vms[i]].InstanceId);
            InstanceXml.State(xml, "currentState"u8, region.PowerAt(vms[i], call.Now)!.Value.State);
            InstanceXml.State(xml, "previousState"u8, before[i]);
            xml.Close("item"u8);
        }

        xml.Close("instancesSet"u8);
    }

    private static void ThrowIfUnstoppable(Call call, int index)
    {
        var vm = call.Region.Vms[index];
        if (VmShape.IsSpot(vm, call.Region.Options))
        {
            throw new AwsError(400, "UnsupportedOperation",
                $"You can't stop the Spot Instance '{vm.InstanceId}' because it is associated with a one-time Spot Instance request. You can only stop Spot Instances associated with persistent Spot Instance requests.");
        }

        if (VmShape.HasInstanceStoreRoot(vm, call.Region.Options))
        {
            throw new AwsError(400, "UnsupportedOperation",
                $"The instance '{vm.InstanceId}' does not have an 'ebs' root device type and cannot be stopped.");
        }

        if (call.Region.ProtectionAt(index, call.Now).Stop)
        {
            throw new AwsError(400, "OperationNotPermitted",
                $"The instance '{vm.InstanceId}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.");
        }
    }

    private static void ThrowIfRefused(Call call, List<int> vms, PowerAction action)
    {
        foreach (var index in vms)
        {
            if (PowerChanges.Refusal(call.Region, index, action, call.Now) is { } refusal)
                throw refusal;
        }
    }
}
