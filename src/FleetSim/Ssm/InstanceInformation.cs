using System.Text.Json;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ssm;

/// <summary>DescribeInstanceInformation: the nodes that ever registered, 5 to 50 a page.</summary>
internal static class InstanceInformation
{
    public static void Describe(Call call, JsonElement body, Utf8JsonWriter json)
    {
        var region = call.Region;
        var size = body.Number("MaxResults", 10, 5, 50);
        var filters = body.Filters("Filters", "Key", "Values");
        filters.AddRange(body.Filters("InstanceInformationFilterList", "key", "valueSet"));
        foreach (var (key, values) in filters)
        {
            if (key is not ("PingStatus" or "InstanceIds"))
                throw new AwsError(400, "InvalidFilterKey", $"The filter key {key} is not valid.");
            if (values.Count == 0)
                throw new AwsError(400, "InvalidInstanceInformationFilterValue", "A filter needs a value.");
        }

        var seal = "DescribeInstanceInformation" + string.Concat(filters.Select(f => $"|{f.Key}={string.Join(',', f.Values)}"));
        var paging = Paging.Of(body.Text("NextToken"), size, seal, static () => new AwsError(400, "InvalidNextToken", "The specified token is not valid."));
        json.WriteStartArray("InstanceInformationList"u8);
        int? next = null;
        var written = 0;
        var named = filters.Find(static filter => filter.Key == "InstanceIds").Values;
        foreach (var index in region.Listed(named, paging.Start))
        {
            if (region.ListedPowerAt(index, call.Now) is null or { State: PowerState.Terminated })
                continue;
            if (!Selected(filters, "InstanceIds", region.Vms[index].InstanceId) || AgentPings.LastAt(region, index, call.Now) is not { } ping)
                continue;
            var status = AgentPings.StatusOf(ping, call.Now);
            if (!Selected(filters, "PingStatus", status))
                continue;
            if (written++ == size)
            {
                next = index;
                break;
            }

            Write(json, region, index, status, ping);
        }

        json.WriteEndArray();
        if (next is { } at)
            json.WriteString("NextToken"u8, paging.TokenAt(at));
    }

    private static bool Selected(List<(string Key, List<string> Values)> filters, string key, string value) =>
        filters.TrueForAll(f => f.Key != key || f.Values.Contains(value));

    private static void Write(Utf8JsonWriter json, RegionState region, int index, string status, DateTimeOffset ping)
    {
        var vm = region.Vms[index];
        json.WriteStartObject();
        json.WriteString("InstanceId"u8, vm.InstanceId);
        json.WriteString("PingStatus"u8, status);
        json.WriteTime("LastPingDateTime"u8, ping);
        json.WriteString("AgentVersion"u8, "3.3.1611.0"u8);
        json.WriteBoolean("IsLatestVersion"u8, true);
        json.WriteString("PlatformType"u8, "Linux"u8);
        json.WriteString("PlatformName"u8, "Amazon Linux"u8);
        json.WriteString("PlatformVersion"u8, "2023"u8);
        json.WriteString("ResourceType"u8, "EC2Instance"u8);
        json.WriteString("IPAddress"u8, VmShape.PrivateAddress(vm, 0));
        json.WriteEndObject();
    }
}
