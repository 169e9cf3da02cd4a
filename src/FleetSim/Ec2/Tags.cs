using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>CreateTags and DeleteTags on instances, interfaces, volumes, snapshots and groups: the whole batch or nothing.</summary>
internal static class Tags
{
    private const int TagsAResource = 50;

    public static void Create(Call call, XmlOut xml) => Change(call, xml, (tags, key, value) => tags[key] = value ?? "");

    /// <summary>Without a value the tag goes whatever it is; with one only if it is equal; without any tag all go.</summary>
    public static void Delete(Call call, XmlOut xml) => Change(call, xml, (tags, key, value) =>
    {
        if (value is null || (tags.TryGetValue(key, out var held) && held == value))
            tags.Remove(key);
    });

    /// <summary><c>Tag.N.Key</c> and <c>.Value</c> below a prefix, checked.</summary>
    public static List<(string Key, string? Value)> Read(FormFields form, string prefix)
    {
        var tags = new List<(string, string?)>();
        for (var i = 1; form.Get($"{prefix}.{i}.Key") is { } key; i++)
        {
            var value = form.Get($"{prefix}.{i}.Value");
            if (key.Length is 0 or > 128)
                throw AwsError.InvalidParameter($"Tag key exceeds the maximum length of 128 characters or is empty: '{key}'");
            if (value?.Length > 256)
                throw AwsError.InvalidParameter("Tag value exceeds the maximum length of 256 characters");
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw AwsError.InvalidParameter("Tag keys starting with 'aws:' are reserved for internal use");
            tags.Add((key, value));
        }

        return tags;
    }

    private static void Change(Call call, XmlOut xml, Action<SortedDictionary<string, string>, string, string?> change)
    {
        var ids = call.Fields.List("ResourceId");
        var tags = Read(call.Fields, "Tag");
        var isCreate = call.Action == "CreateTags";
        if (ids.Count == 0)
            throw AwsError.Missing("resourceIdSet");
        if (ids.Count > 1000)
            throw AwsError.InvalidParameter("The maximum number of resources in a tagging call is 1000");
        if (isCreate && tags.Count == 0)
            throw AwsError.Missing("tagSet");
        var instances = ids.Where(id => id.StartsWith("i-", StringComparison.Ordinal)).ToList();
        InstanceIds.Resolve(call.Region, instances, call.Now);
        foreach (var id in ids.Except(instances, StringComparer.Ordinal))
            ThrowIfUnknown(call, id);
        DryRun.Stop(call);
        lock (call.Region.Gate)
        {
            var changed = ids.Distinct(StringComparer.Ordinal).Select(id => (id, Tags: Apply(call, id, tags, isCreate, change))).ToList();
            foreach (var (id, set) in changed)
                Store(call, id, set);
        }

        xml.Raw("<return>true</return>"u8);
    }

    private static SortedDictionary<string, string> Apply(
        Call call, string id, List<(string Key, string? Value)> tags, bool isCreate, Action<SortedDictionary<string, string>, string, string?> change)
    {
        var set = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var held = call.Region.TryFind(id, out var index) ? call.Region.TagsAt(index, call.Now) : call.Region.OtherTagsAt(id, call.Now);
        foreach (var (key, value) in held)
            set[key] = value;
        if (tags.Count == 0)
            set.Clear();
        foreach (var (key, value) in tags)
            change(set, key, value);
        if (isCreate && set.Count > TagsAResource)
            throw new AwsError(400, "TagLimitExceeded", $"The maximum number of tags for the resource '{id}' has been reached: {TagsAResource}");
        return set;
    }

    private static void Store(Call call, string id, SortedDictionary<string, string> set)
    {
        if (call.Region.TryFind(id, out var index))
            call.Region.SetTags(index, set, call.Now);
        else
            call.Region.SetOtherTags(id, set, call.Now);
    }

    private static void ThrowIfUnknown(Call call, string id)
    {
        var region = call.Region;
        var (known, code, kind) = id.Split('-')[0] switch
        {
            "eni" => (region.TryFindInterface(id, out _, out _), "InvalidNetworkInterfaceID.NotFound", "networkInterface"),
            "vol" => (region.TryFindVolume(id, out _), "InvalidVolume.NotFound", "volume"),
            "snap" => (region.Snapshots.Find(id) is not null, "InvalidSnapshot.NotFound", "snapshot"),
            "sg" => (region.Network.Find(id) is not null, "InvalidGroup.NotFound", "security group"),
            _ => (false, "InvalidID", "resource"),
        };
        if (!known)
            throw new AwsError(400, code, $"The {kind} ID '{id}' does not exist");
    }
}
