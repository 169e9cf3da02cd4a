using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.EC2.Model;

/// <summary>Which snapshots to list.</summary>
public partial class DescribeSnapshotsRequest : AmazonEC2Request
{
    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    public List<Filter>? Filters { get; set; } = Collections.Initial<List<Filter>>();

    /// <summary>5 to 1000; without it AWS lists all.</summary>
    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }

    /// <summary>Account ids, or <c>self</c>. Without it, public snapshots come too.</summary>
    public List<string>? OwnerIds { get; set; } = Collections.Initial<List<string>>();

    /// <summary>Excludes MaxResults.</summary>
    public List<string>? SnapshotIds { get; set; } = Collections.Initial<List<string>>();
}

/// <summary>One page of snapshots.</summary>
public partial class DescribeSnapshotsResponse : AmazonWebServiceResponse
{
    /// <summary>Null on the last page.</summary>
    public string? NextToken { get; set; }

    public List<Snapshot>? Snapshots { get; set; } = Collections.Initial<List<Snapshot>>();
}

/// <summary>A snapshot of a volume.</summary>
public partial class Snapshot
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

    /// <summary>Why it failed.</summary>
    public string? StateMessage { get; set; }

    public List<Tag>? Tags { get; set; } = Collections.Initial<List<Tag>>();

    public string? VolumeId { get; set; }

    /// <summary>GiB.</summary>
    public int? VolumeSize { get; set; }
}
