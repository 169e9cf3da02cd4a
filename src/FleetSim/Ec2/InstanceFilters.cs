using System.Collections.Frozen;
using System.Globalization;
using Watchdog.FleetSim.State;

namespace Watchdog.FleetSim.Ec2;

/// <summary>An instance that a listing considers, as it was seen.</summary>
internal readonly record struct Candidate(RegionState Region, int Index, Power Power, DateTimeOffset Seen)
{
    public Fleet.SimulatedVm Vm => Region.Vms[Index];
}

/// <summary>The filters of DescribeInstances and DescribeInstanceStatus, compiled once a request.</summary>
internal sealed class InstanceFilters
{
    private static readonly FrozenDictionary<string, Func<Candidate, string?>> Common = new Dictionary<string, Func<Candidate, string?>>
    {
        ["instance-state-name"] = c => c.Power.State.Name(),
        ["instance-state-code"] = c => ((int)c.Power.State).ToString(CultureInfo.InvariantCulture),
        ["availability-zone"] = c => c.Vm.AvailabilityZone,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<Candidate, string?>> OfInstances = new Dictionary<string, Func<Candidate, string?>>(Common)
    {
        ["instance-id"] = c => c.Vm.InstanceId,
        ["instance-type"] = c => c.Vm.InstanceType,
        ["image-id"] = c => c.Vm.ImageId,
        ["vpc-id"] = c => Network.VpcId(VmShape.Vpc(c.Vm, c.Region.Network.VpcCount)),
        ["subnet-id"] = c => InstanceXml.Subnet(c),
        ["private-ip-address"] = c => VmShape.PrivateAddress(c.Vm, 0),
        ["owner-id"] = c => c.Region.Options.AccountId,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<Candidate, string?>> OfStatus = new Dictionary<string, Func<Candidate, string?>>(Common)
    {
        ["instance-status.status"] = c => Status(c).Instance,
        ["instance-status.reachability"] = c => StatusSummary.Reachability(Status(c).Instance),
        ["system-status.status"] = c => Status(c).System,
        ["system-status.reachability"] = c => StatusSummary.Reachability(Status(c).System),
        ["attached-ebs-status.status"] = c => Status(c).Ebs,
        ["event.code"] = _ => null,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly List<Predicate<Candidate>> _all = [];

    private InstanceFilters()
    {
    }

    public static InstanceFilters ForInstances(IEnumerable<FilterFields> filters) => Compile(filters, OfInstances, withTagsAndGroups: true);

    /// <summary>DescribeInstanceStatus knows no tag filters.</summary>
    public static InstanceFilters ForStatus(IEnumerable<FilterFields> filters) => Compile(filters, OfStatus, withTagsAndGroups: false);

    public bool Matches(in Candidate candidate)
    {
        foreach (var filter in _all)
        {
            if (!filter(candidate))
                return false;
        }

        return true;
    }

    private static InstanceFilters Compile(
        IEnumerable<FilterFields> filters, FrozenDictionary<string, Func<Candidate, string?>> known, bool withTagsAndGroups)
    {
        var compiled = new InstanceFilters();
        foreach (var filter in filters)
        {
            if (known.TryGetValue(filter.Name, out var value))
                compiled._all.Add(c => filter.Any(value(c)));
            else if (withTagsAndGroups && filter.TagName is { } tag)
                compiled._all.Add(c => filter.Any(c.Region.TagAt(c.Index, tag, c.Seen)));
            else if (withTagsAndGroups && filter.Name == "tag-key")
                compiled._all.Add(c => filter.Any(c.Region.TagsAt(c.Index, c.Seen).Select(t => t.Key)));
            else if (withTagsAndGroups && filter.Name is "instance.group-id" or "network-interface.group-id")
                compiled._all.Add(c => filter.Any(Groups(c)));
            else
                throw FilterFields.Unknown(filter.Name);
        }

        return compiled;
    }

    private static IEnumerable<string> Groups(Candidate c) =>
        Enumerable.Range(0, VmShape.InterfaceCount(c.Vm)).SelectMany(device => c.Region.GroupsAt(c.Index, device, c.Seen));

    private static StatusSummary Status(in Candidate c) => StatusSummary.At(c.Region, c.Index, c.Seen);
}
