using Watchdog.FleetSim.Failing;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>DescribeInstanceStatus: only running instances unless IncludeAllInstances; at most 100 ids.</summary>
internal static class DescribeInstanceStatus
{
    public static void Handle(Call call, XmlOut xml)
    {
        var region = call.Region;
        var paging = Paging.OfEc2(call, "InstanceId");
        var filters = InstanceFilters.ForStatus(FilterFields.Read(call.Fields));
        var all = call.Fields.Flag("IncludeAllInstances");
        xml.Open("instanceStatusSet"u8);
        int? next = null;
        if (call.Fields.Get("InstanceId.1") is not null)
        {
            var ids = InstanceIds.Read(call, call.Seen);
            if (ids.Count > 100)
                throw AwsError.InvalidParameter("The maximum number of instance IDs in a DescribeInstanceStatus call is 100");
            foreach (var index in ids)
            {
                if (Listed(region, index, call.Seen, all) is { } candidate && filters.Matches(candidate))
                    Write(xml, candidate, call.Faults.Faults);
            }
        }
        else
        {
            next = WritePage(xml, call, all, filters, paging);
        }

        xml.Close("instanceStatusSet"u8);
        if (next is { } at)
            xml.Text("nextToken"u8, paging.TokenAt(at));
    }

    private static int? WritePage(XmlOut xml, Call call, bool all, InstanceFilters filters, Paging paging)
    {
        var region = call.Region;
        var written = 0;
        for (var index = paging.Start; index < region.Vms.Count; index++)
        {
            if (Listed(region, index, call.Seen, all) is not { } candidate || !filters.Matches(candidate))
                continue;
            if (written++ == paging.Size)
                return index;
            Write(xml, candidate, call.Faults.Faults);
        }

        return null;
    }

    private static Candidate? Listed(RegionState region, int index, DateTimeOffset seen, bool all) =>
        region.ListedPowerAt(index, seen) is { } power && (all || power.State == PowerState.Running)
            ? new Candidate(region, index, power, seen)
            : null;

    private static void Write(XmlOut xml, in Candidate c, Faults faults)
    {
        var status = StatusSummary.At(c.Region, c.Index, c.Seen);
        xml.Open("item"u8);
        xml.Text("instanceId"u8, c.Vm.InstanceId);
        xml.Text("availabilityZone"u8, c.Vm.AvailabilityZone);
        InstanceXml.State(xml, "instanceState"u8, c.Power.State);
        Check(xml, "systemStatus"u8, status.System, status.ImpairedSince);
        Check(xml, "instanceStatus"u8, status.Instance, status.ImpairedSince);
        Check(xml, "attachedEbsStatus"u8, status.Ebs, status.ImpairedSince);
        if (faults.Announced.TryGetValue(c.Vm.InstanceId, out var announced))
            Event(xml, announced);
        xml.Close("item"u8);
    }

    private static void Event(XmlOut xml, Announcement announced)
    {
        xml.Open("eventsSet"u8);
        xml.Open("item"u8);
        xml.Text("code"u8, announced.Code);
        xml.Text("description"u8, announced.Description);
        xml.Time("notBefore"u8, announced.NotBefore);
        if (announced.NotAfter is { } end)
            xml.Time("notAfter"u8, end);
        xml.Close("item"u8);
        xml.Close("eventsSet"u8);
    }

    private static void Check(XmlOut xml, ReadOnlySpan<byte> name, string status, DateTimeOffset? impairedSince)
    {
        xml.Open(name);
        xml.Text("status"u8, status);
        if (StatusSummary.Reachability(status) is { } word)
        {
            xml.Raw("<details><item><name>reachability</name>"u8);
            xml.Text("status"u8, word);
            if (status == "impaired" && impairedSince is { } since)
                xml.Time("impairedSince"u8, since);
            xml.Raw("</item></details>"u8);
        }

        xml.Close(name);
    }
}
