using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>CreateSnapshots of an instance's volume, DescribeSnapshots by ids or filters. No client token exists: a repeated call makes a second one.</summary>
internal static class Snapshots
{
    private static readonly TimeSpan PerVolume = TimeSpan.FromSeconds(15);

    public static void Create(Call call, XmlOut xml)
    {
        var region = call.Region;
        var index = InstanceIds.Resolve(region, [call.Fields.Need("InstanceSpecification.InstanceId")], call.Now)[0];
        if (region.PowerAt(index, call.Now) is null or { State: PowerState.Terminated or PowerState.ShuttingDown })
            throw new AwsError(400, "IncorrectInstanceState", $"The instance '{region.Vms[index].InstanceId}' has no volumes attached.");
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var volume = VmShape.VolumeId(region.Vms[index]);
        if (call.Fields.Get("CopyTagsFromSource") == "volume")
        {
            foreach (var (key, value) in region.OtherTagsAt(volume, call.Now))
                tags[key] = value;
        }

        for (var i = 1; call.Fields.Get($"TagSpecification.{i}.ResourceType") is { } type; i++)
        {
            if (type != "snapshot")
                throw AwsError.InvalidParameter($"'{type}' is not a valid taggable resource type for this operation.");
            foreach (var (key, value) in Tags.Read(call.Fields, $"TagSpecification.{i}.Tag"))
                tags[key] = value ?? "";
        }

        DryRun.Stop(call);
        Snapshot made;
        lock (region.Gate)
        {
            if (region.Snapshots.All.Any(s => s.VolumeId == volume && call.Now - s.StartedAt < PerVolume))
            {
                throw new AwsError(400, "SnapshotCreationPerVolumeRateExceeded",
                    "The maximum per volume CreateSnapshot request rate has been exceeded. Use an increasing or variable sleep interval between requests.");
            }

            made = region.Snapshots.Add(volume, call.Now, call.Fields.Get("Description") ?? "");
            region.SetOtherTags(made.Id, tags, call.Now);
        }

        xml.Raw("<snapshotSet>"u8);
        Write(call, xml, made, call.Now);
        xml.Raw("</snapshotSet>"u8);
    }

    public static void Describe(Call call, XmlOut xml)
    {
        var paging = Paging.OfEc2(call, "SnapshotId");
        var filters = FilterFields.Read(call.Fields);
        var ids = call.Fields.List("SnapshotId");
        if (ids.Find(id => call.Region.Snapshots.Find(id) is not { } s || s.StartedAt > call.Seen) is { } unknown)
            throw new AwsError(400, "InvalidSnapshot.NotFound", $"The snapshot '{unknown}' does not exist.");
        var matching = call.Region.Snapshots.All
            .Where(s => s.StartedAt <= call.Seen && (ids.Count == 0 || ids.Contains(s.Id)) && filters.TrueForAll(f => Matches(call, f, s)))
            .ToList();
        xml.Open("snapshotSet"u8);
        foreach (var snapshot in matching.Skip(paging.Start).Take(paging.Size))
            Write(call, xml, snapshot, call.Seen);
        xml.Close("snapshotSet"u8);
        if (paging.Start + paging.Size < matching.Count)
            xml.Text("nextToken"u8, paging.TokenAt(paging.Start + paging.Size));
    }

    private static bool Matches(Call call, FilterFields filter, Snapshot snapshot) => filter.Name switch
    {
        "snapshot-id" => filter.Any(snapshot.Id),
        "volume-id" => filter.Any(snapshot.VolumeId),
        "status" => filter.Any(snapshot.CompletedAt(call.Seen) ? "completed" : "pending"),
        "owner-id" => filter.Any(call.Region.Options.AccountId),
        "description" => filter.Any(snapshot.Description),
        "tag-key" => filter.Any(call.Region.OtherTagsAt(snapshot.Id, call.Seen).Keys),
        _ when filter.TagName is { } tag => filter.Any(call.Region.OtherTagsAt(snapshot.Id, call.Seen).GetValueOrDefault(tag)),
        _ => throw FilterFields.Unknown(filter.Name),
    };

    private static void Write(Call call, XmlOut xml, Snapshot snapshot, DateTimeOffset seen)
    {
        var state = snapshot.CompletedAt(seen) ? "completed"u8 : "pending"u8;
        xml.Open("item"u8);
        xml.Text("snapshotId"u8, snapshot.Id);
        xml.Text("volumeId"u8, snapshot.VolumeId);
        // CreateSnapshots says "state", DescribeSnapshots says "status".
        xml.Text(call.Action == "CreateSnapshots" ? "state"u8 : "status"u8, state);
        xml.Time("startTime"u8, snapshot.StartedAt);
        xml.Text("progress"u8, $"{snapshot.ProgressAt(seen)}%");
        xml.Text("ownerId"u8, call.Region.Options.AccountId);
        xml.Raw("<volumeSize>16</volumeSize><encrypted>true</encrypted>"u8);
        xml.Text("description"u8, snapshot.Description);
        InstanceXml.Tags(xml, call.Region.OtherTagsAt(snapshot.Id, seen));
        xml.Close("item"u8);
    }
}
