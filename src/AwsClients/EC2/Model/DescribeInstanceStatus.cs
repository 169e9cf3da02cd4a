using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.EC2.Model;

/// <summary>Whose status to list.</summary>
public partial class DescribeInstanceStatusRequest : AmazonEC2Request
{
    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    /// <summary>Several filters are ANDed: ask for instance, system and EBS status separately.</summary>
    public List<Filter>? Filters { get; set; } = Collections.Initial<List<Filter>>();

    /// <summary>Also those that are not running.</summary>
    public bool? IncludeAllInstances { get; set; }

    /// <summary>At most 100; excludes MaxResults.</summary>
    public List<string>? InstanceIds { get; set; } = Collections.Initial<List<string>>();

    /// <summary>5 to 1000.</summary>
    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }
}

/// <summary>One page of statuses.</summary>
public partial class DescribeInstanceStatusResponse : AmazonWebServiceResponse
{
    public List<InstanceStatus>? InstanceStatuses { get; set; } = Collections.Initial<List<InstanceStatus>>();

    /// <summary>Null on the last page.</summary>
    public string? NextToken { get; set; }
}

/// <summary>An instance's status checks and scheduled events.</summary>
public partial class InstanceStatus
{
    /// <summary>Can the instance reach its volumes; Nitro only.</summary>
    public EbsStatusSummary? AttachedEbsStatus { get; set; }

    public string? AvailabilityZone { get; set; }

    public List<InstanceStatusEvent>? Events { get; set; } = Collections.Initial<List<InstanceStatusEvent>>();

    public string? InstanceId { get; set; }

    public InstanceState? InstanceState { get; set; }

    /// <summary>Does the guest answer: its kernel and network.</summary>
    public InstanceStatusSummary? Status { get; set; }

    /// <summary>Is the host well.</summary>
    public InstanceStatusSummary? SystemStatus { get; set; }
}

/// <summary>A check's outcome.</summary>
public partial class InstanceStatusSummary
{
    public List<InstanceStatusDetails>? Details { get; set; } = Collections.Initial<List<InstanceStatusDetails>>();

    public SummaryStatus? Status { get; set; }
}

/// <summary>One part of a check.</summary>
public partial class InstanceStatusDetails
{
    /// <summary>UTC; null while it passes.</summary>
    public DateTime? ImpairedSince { get; set; }

    public StatusName? Name { get; set; }

    public StatusType? Status { get; set; }
}

/// <summary>The EBS check's outcome.</summary>
public partial class EbsStatusSummary
{
    public List<EbsStatusDetails>? Details { get; set; } = Collections.Initial<List<EbsStatusDetails>>();

    public SummaryStatus? Status { get; set; }
}

/// <summary>One part of the EBS check.</summary>
public partial class EbsStatusDetails
{
    /// <summary>UTC; null while it passes.</summary>
    public DateTime? ImpairedSince { get; set; }

    public StatusName? Name { get; set; }

    public StatusType? Status { get; set; }
}

/// <summary>Something that AWS plans to do to an instance.</summary>
public partial class InstanceStatusEvent
{
    public EventCode? Code { get; set; }

    /// <summary>Begins with <c>[Completed]</c> or <c>[Canceled]</c> once it is over.</summary>
    public string? Description { get; set; }

    public string? InstanceEventId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? NotAfter { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? NotBefore { get; set; }

    /// <summary>UTC; the latest start that one may ask for.</summary>
    public DateTime? NotBeforeDeadline { get; set; }
}
