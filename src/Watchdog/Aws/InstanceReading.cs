using Amazon.EC2.Model;
using Watchdog.Inventory;

namespace Watchdog.Aws;

/// <summary>EC2's instances in our words. EC2 leaves out what it does not know; without an id or a state there is no VM to speak of.</summary>
internal static class InstanceReading
{
    public static IReadOnlyList<ListedVm> Read(List<Reservation>? reservations)
    {
        List<ListedVm> vms = [];
        foreach (var reservation in reservations ?? [])
        {
            foreach (var instance in reservation.Instances ?? [])
            {
                if (instance is { InstanceId: { Length: > 0 and <= 32 } id, State.Name: { } state })
                {
                    vms.Add(Read(id, state, instance));
                }
            }
        }

        return vms;
    }

    private static ListedVm Read(string id, string state, Instance instance) => new(
        id, state, instance.StateReason?.Code, NullIfEmpty(instance.StateTransitionReason), instance.InstanceType?.Value ?? "unknown",
        Math.Max(1, (instance.CpuOptions?.CoreCount ?? 1) * (instance.CpuOptions?.ThreadsPerCore ?? 1)),
        instance.ImageId, instance.Placement?.AvailabilityZone, NullIfEmpty(instance.VpcId), NullIfEmpty(instance.SubnetId),
        Utc(instance.LaunchTime) ?? DateTimeOffset.UnixEpoch, NullIfEmpty(instance.PrivateIpAddress), NullIfEmpty(instance.PublicIpAddress),
        instance.InstanceLifecycle?.Value, instance.RootDeviceType?.Value, instance.IamInstanceProfile?.Arn,
        TagsOf(instance), InterfacesOf(instance)) { CanHibernate = instance.HibernationOptions?.Configured };

    /// <summary>The client's instant as ours; its kind may be local, depending on the SDK.</summary>
    public static DateTimeOffset? Utc(DateTime? at) => at is { } instant ? new DateTimeOffset(instant.ToUniversalTime()) : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static Dictionary<string, string> TagsOf(Instance instance)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach (var tag in instance.Tags ?? [])
        {
            if (tag.Key is { Length: > 0 } key)
            {
                // AWS allows 128 and 256; whatever else answers is cut to that here.
                tags[BoundedText.Line(key, 128)] = BoundedText.Line(tag.Value ?? "", 256);
            }
        }

        return tags;
    }

    private static List<ListedInterface> InterfacesOf(Instance instance) =>
    [
        .. (instance.NetworkInterfaces ?? [])
            .Where(nic => nic.NetworkInterfaceId is not null)
            .Select(nic => new ListedInterface(
                nic.NetworkInterfaceId!, nic.Attachment?.DeviceIndex ?? 0,
                [.. (nic.Groups ?? []).Select(group => group.GroupId).OfType<string>()], NullIfEmpty(nic.Association?.PublicIp),
                nic.Ipv6Addresses is { Count: > 0 } ipv6 ? [.. ipv6.Select(address => address.Ipv6Address).OfType<string>()] : null))
            .OrderBy(nic => nic.DeviceIndex),
    ];
}
