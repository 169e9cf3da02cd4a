using System.Xml;
using Amazon.EC2.Model;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

/// <summary>CreateSnapshots and DescribeSnapshots, which name the state of a snapshot differently.</summary>
internal static class SnapshotWire
{
    internal static void Write(QueryForm form, CreateSnapshotsRequest request)
    {
        form.Add("CopyTagsFromSource", request.CopyTagsFromSource);
        form.Add("Description", request.Description);
        form.Add("DryRun", request.DryRun);
        if (request.InstanceSpecification is { } instance)
        {
            form.Add("InstanceSpecification.ExcludeBootVolume", instance.ExcludeBootVolume);
            form.AddList("InstanceSpecification.ExcludeDataVolumeId", instance.ExcludeDataVolumeIds);
            form.Add("InstanceSpecification.InstanceId", instance.InstanceId);
        }

        form.AddList("TagSpecification", request.TagSpecifications, static (f, at, tags) =>
        {
            f.Add(at + "ResourceType", tags.ResourceType);
            f.AddTags(at + "Tag", tags.Tags);
        });
    }

    internal static void Write(QueryForm form, DescribeSnapshotsRequest request)
    {
        form.Add("DryRun", request.DryRun);
        form.AddFilters(request.Filters);
        form.Add("MaxResults", request.MaxResults);
        form.Add("NextToken", request.NextToken);
        form.AddList("Owner", request.OwnerIds);
        form.AddList("SnapshotId", request.SnapshotIds);
    }

    internal static bool Begun(XmlReader r, CreateSnapshotsResponse x)
    {
        if (r.LocalName != "snapshotSet")
            return false;
        x.Snapshots = Xml.List(r, x.Snapshots, Info);
        return true;
    }

    internal static bool Page(XmlReader r, DescribeSnapshotsResponse x)
    {
        switch (r.LocalName)
        {
            case "snapshotSet": x.Snapshots = Xml.List(r, x.Snapshots, Snapshot); return true;
            case "nextToken": x.NextToken = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Info(XmlReader r, SnapshotInfo x)
    {
        switch (r.LocalName)
        {
            case "description": x.Description = Xml.Text(r); return true;
            case "encrypted": x.Encrypted = Xml.Flag(r); return true;
            case "ownerId": x.OwnerId = Xml.Text(r); return true;
            case "progress": x.Progress = Xml.Text(r); return true;
            case "snapshotId": x.SnapshotId = Xml.Text(r); return true;
            case "startTime": x.StartTime = Xml.Instant(r); return true;
            case "state": x.State = Xml.Text(r); return true;
            case "tagSet": x.Tags = Xml.List(r, x.Tags, CommonWire.Tag); return true;
            case "volumeId": x.VolumeId = Xml.Text(r); return true;
            case "volumeSize": x.VolumeSize = Xml.Int(r); return true;
            default: return false;
        }
    }

    private static bool Snapshot(XmlReader r, Snapshot x)
    {
        switch (r.LocalName)
        {
            case "description": x.Description = Xml.Text(r); return true;
            case "encrypted": x.Encrypted = Xml.Flag(r); return true;
            case "ownerId": x.OwnerId = Xml.Text(r); return true;
            case "progress": x.Progress = Xml.Text(r); return true;
            case "snapshotId": x.SnapshotId = Xml.Text(r); return true;
            case "startTime": x.StartTime = Xml.Instant(r); return true;
            case "status": x.State = Xml.Text(r); return true;
            case "statusMessage": x.StateMessage = Xml.Text(r); return true;
            case "tagSet": x.Tags = Xml.List(r, x.Tags, CommonWire.Tag); return true;
            case "volumeId": x.VolumeId = Xml.Text(r); return true;
            case "volumeSize": x.VolumeSize = Xml.Int(r); return true;
            default: return false;
        }
    }
}
