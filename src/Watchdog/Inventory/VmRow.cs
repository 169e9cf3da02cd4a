using System.Text.Json;

namespace Watchdog.Inventory;

/// <summary>A listed VM as table <c>vm</c> stores it: tags read by their meaning, texts bounded, and a fingerprint over all of it.</summary>
public sealed record VmRow(
    string InstanceId, short Shard, string Owner, string? Plan, string State, string? StateReason, string InstanceType, short Vcpus,
    string? ImageId, string? Zone, string? VpcId, DateTimeOffset LaunchTime, string? PrivateIp, string? PublicIp, string? Lifecycle,
    string? AutoScalingGroup, string Tags, IReadOnlyList<VmAddress> Addresses, long Fingerprint)
{
    /// <summary>EC2's limit on tags of one resource.</summary>
    private const int MaxTags = 50;
    private const string AutoScalingTag = "aws:autoscaling:groupName";

    /// <summary>Owner of a VM whose owner tag is absent or empty.</summary>
    public const string UnknownOwner = "unknown";

    /// <summary>Makes the row. The same listing gives the same row, whatever the order in which EC2 names the tags.</summary>
    public static VmRow Of(ListedVm vm, InventoryOptions options)
    {
        var row = new VmRow(
            vm.InstanceId, Inventory.Shard.Of(vm.InstanceId),
            TagOf(vm, options.OwnerTag) ?? UnknownOwner, TagOf(vm, options.PlanTag),
            vm.State, Cut(vm.StateReason), BoundedText.Line(vm.InstanceType, 64), (short)Math.Clamp(vm.Vcpus, 1, short.MaxValue),
            Cut(vm.ImageId), Cut(vm.Zone), Cut(vm.VpcId), vm.LaunchTime, Cut(vm.PrivateIp), Cut(vm.PublicIp), Cut(vm.Lifecycle),
            TagOf(vm, AutoScalingTag), TagsOf(vm), VmAddress.Of(vm), 0);
        return row with { Fingerprint = row.Hash() };
    }

    private static string? TagOf(ListedVm vm, string key) =>
        vm.Tags.TryGetValue(key, out var value) && !string.IsNullOrWhiteSpace(value) ? BoundedText.Line(value, 256) : null;

    private static string? Cut(string? text) => text is null ? null : BoundedText.Line(text, 256);

    private static string TagsOf(ListedVm vm)
    {
        SortedDictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach (var (key, value) in vm.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Take(MaxTags))
        {
            tags[BoundedText.Line(key, 128)] = BoundedText.Line(value, 256);
        }

        return JsonSerializer.Serialize(tags, InventoryJson.Default.SortedDictionaryStringString);
    }

    private long Hash()
    {
        var hash = new Fingerprint();
        foreach (var text in (ReadOnlySpan<string?>)[
            Owner, Plan, State, StateReason, InstanceType, ImageId, Zone, VpcId, PrivateIp, PublicIp, Lifecycle, AutoScalingGroup, Tags])
        {
            hash.Add(text);
        }

        foreach (var address in Addresses)
        {
            hash.Add(address.Address);
            hash.Add(address.InterfaceId);
        }

        hash.Add(Vcpus);
        hash.Add(LaunchTime.UtcTicks);
        return hash.Value;
    }
}
