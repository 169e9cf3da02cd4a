using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.State;

/// <summary>Tags at an instant. A VM's launch tags are computed; a set is stored only after CreateTags or DeleteTags.</summary>
internal static class TagViews
{
    private static readonly string[] LaunchKeys = ["Name", "plan", "watchdog:managed", "watchdog:owner"];

    /// <summary>A tag's value; null when the VM has no such tag.</summary>
    public static string? TagAt(this RegionState region, int index, string key, DateTimeOffset at) =>
        region.Changed(index) is { } changed && changed.Tags.TryAt(at, out var tags)
            ? tags.GetValueOrDefault(key)
            : LaunchTag(region.Vms[index], key);

    /// <summary>The tags of a VM, ordered by key; do not change what comes back.</summary>
    public static IEnumerable<KeyValuePair<string, string>> TagsAt(this RegionState region, int index, DateTimeOffset at)
    {
        if (region.Changed(index) is { } changed && changed.Tags.TryAt(at, out var tags))
            return tags;
        var vm = region.Vms[index];
        var usual = LaunchKeys.Select(key => KeyValuePair.Create(key, LaunchTag(vm, key)!));
        return vm.Tags.Count == 0 ? usual : usual.Concat(vm.Tags).OrderBy(tag => tag.Key, StringComparer.Ordinal);
    }

    /// <summary>Replaces a VM's tags. Under the Region's lock.</summary>
    public static void SetTags(this RegionState region, int index, SortedDictionary<string, string> tags, DateTimeOffset at) =>
        region.Change(index).Tags.Add(at, tags);

    /// <summary>The tags of an interface, volume, snapshot or group; interfaces and volumes of VMs carry <c>watchdog:managed</c>.</summary>
    public static SortedDictionary<string, string> OtherTagsAt(this RegionState region, string id, DateTimeOffset at)
    {
        if (region.OtherTags.TryGetValue(id, out var history) && history.TryAt(at, out var tags))
            return tags;
        var made = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (region.Network.Find(id) is { } group)
        {
            made["Name"] = group.Name;
            if (group.RoleTag is { } role)
                made["watchdog:role"] = role;
        }
        else if (region.TryFindInterface(id, out _, out _) || region.TryFindVolume(id, out _))
        {
            made["watchdog:managed"] = "true";
        }

        return made;
    }

    /// <summary>Replaces another resource's tags. Under the Region's lock.</summary>
    public static void SetOtherTags(this RegionState region, string id, SortedDictionary<string, string> tags, DateTimeOffset at) =>
        region.OtherTags.GetOrAdd(id, _ => new()).Add(at, tags);

    private static string? LaunchTag(SimulatedVm vm, string key) => key switch
    {
        "Name" => "ws-" + vm.InstanceId[^8..],
        "plan" => vm.Plan,
        "watchdog:managed" => "true",
        "watchdog:owner" => vm.Owner,
        _ => vm.Tags.GetValueOrDefault(key),
    };
}
