using System.Buffers;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>The ids of a request: malformed or unknown ones fail the whole call, as EC2 does.</summary>
internal static class InstanceIds
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>The VMs named by <c>InstanceId.N</c>, in that order, each once.</summary>
    public static List<int> Read(Call call, DateTimeOffset at) => Resolve(call.Region, call.Fields.List("InstanceId"), at);

    public static List<int> Resolve(RegionState region, IReadOnlyList<string> ids, DateTimeOffset at)
    {
        var malformed = ids.FirstOrDefault(id => !WellFormed(id));
        if (malformed is not null)
            throw new AwsError(400, "InvalidInstanceID.Malformed", $"Invalid id: \"{malformed}\"");
        var found = new List<int>(ids.Count);
        List<string>? gone = null;
        foreach (var id in ids)
        {
            if (region.TryFind(id, out var index) && region.ListedPowerAt(index, at) is not null)
                found.Add(index);
            else
                (gone ??= []).Add(id);
        }

        if (gone is not null)
        {
            throw new AwsError(400, "InvalidInstanceID.NotFound", gone.Count == 1
                ? $"The instance ID '{gone[0]}' does not exist"
                : $"The instance IDs '{string.Join(", ", gone)}' do not exist");
        }

        return [.. found.Distinct()];
    }

    private static bool WellFormed(string id) => id.StartsWith("i-", StringComparison.Ordinal)
        && id.Length is 10 or 19 && id.AsSpan(2).IndexOfAnyExcept(HexDigits) < 0;
}
