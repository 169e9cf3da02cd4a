using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.EC2.Model;

/// <summary>Which volumes to keep.</summary>
public partial class CreateSnapshotsRequest : AmazonEC2Request
{
    public CopyTagsFromSource? CopyTagsFromSource { get; set; }

    public string? Description { get; set; }

    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    public InstanceSpecification? InstanceSpecification { get; set; }

    /// <summary>Tags that the snapshots are born with.</summary>
    public List<TagSpecification>? TagSpecifications { get; set; } = Collections.Initial<List<TagSpecification>>();
}

/// <summary>The instance, and volumes to leave out.</summary>
public partial class InstanceSpecification
{
    public bool? ExcludeBootVolume { get; set; }

    public List<string>? ExcludeDataVolumeIds { get; set; } = Collections.Initial<List<string>>();

    public string? InstanceId { get; set; }
}

/// <summary>Tags for a kind of resource that the call makes.</summary>
public partial class TagSpecification
{
    public ResourceType? ResourceType { get; set; }

    public List<Tag>? Tags { get; set; } = Collections.Initial<List<Tag>>();
}

/// <summary>The snapshots that have begun.</summary>
public partial class CreateSnapshotsResponse : AmazonWebServiceResponse
{
    public List<SnapshotInfo>? Snapshots { get; set; } = Collections.Initial<List<SnapshotInfo>>();
}

/// <summary>A snapshot that has begun.</summary>
public partial class SnapshotInfo
{
    public string? Description { get; set; }

    public bool? Encrypted { get; set; }

    public string? OwnerId { get; set; }

    /// <summary>A percentage, as text.</summary>
    public string? Progress { get; set; }

    public string? SnapshotId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? StartTime { get; set; }

    public SnapshotState? State { get; set; }

    public List<Tag>? Tags { get; set; } = Collections.Initial<List<Tag>>();

    public string? VolumeId { get; set; }

    /// <summary>GiB.</summary>
    public int? VolumeSize { get; set; }
}
