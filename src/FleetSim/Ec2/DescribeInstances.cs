using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>DescribeInstances: by ids, or by filters page by page. One instance a reservation, so both ways of counting agree.</summary>
internal static class DescribeInstances
{
    public static void Handle(Call call, XmlOut xml)
    {
        var region = call.Region;
        var paging = Paging.OfEc2(call, "InstanceId");
        var asked = FilterFields.Read(call.Fields);
        var filters = InstanceFilters.ForInstances(asked);
        xml.Open("reservationSet"u8);
        if (call.Fields.Get("InstanceId.1") is not null)
        {
            foreach (var index in InstanceIds.Read(call, call.Seen))
            {
                var candidate = new Candidate(region, index, region.ListedPowerAt(index, call.Seen)!.Value, call.Seen);
                if (filters.Matches(candidate))
                    InstanceXml.Write(xml, candidate);
            }

            xml.Close("reservationSet"u8);
            return;
        }

        int? next = null;
        var written = 0;
        foreach (var index in region.Listed(FilterFields.NamedIds(asked), paging.Start))
        {
            if (region.ListedPowerAt(index, call.Seen) is not { } power)
                continue;
            var candidate = new Candidate(region, index, power, call.Seen);
            if (!filters.Matches(candidate))
                continue;
            if (written++ == paging.Size)
            {
                next = index;
                break;
            }

            InstanceXml.Write(xml, candidate);
        }

        xml.Close("reservationSet"u8);
        if (next is { } at)
            xml.Text("nextToken"u8, paging.TokenAt(at));
    }
}
