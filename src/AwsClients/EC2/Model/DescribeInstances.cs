using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.EC2.Model;

/// <summary>Which instances to list.</summary>
public partial class DescribeInstancesRequest : AmazonEC2Request
{
    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    public List<Filter>? Filters { get; set; } = Collections.Initial<List<Filter>>();

    /// <summary>Excludes MaxResults. One unknown id fails the whole call: prefer the filter <c>instance-id</c>.</summary>
    public List<string>? InstanceIds { get; set; } = Collections.Initial<List<string>>();

    /// <summary>5 to 1000; counts reservations.</summary>
    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }
}

/// <summary>One page of instances.</summary>
public partial class DescribeInstancesResponse : AmazonWebServiceResponse
{
    /// <summary>Null on the last page.</summary>
    public string? NextToken { get; set; }

    public List<Reservation>? Reservations { get; set; } = Collections.Initial<List<Reservation>>();
}

/// <summary>Instances that one call launched.</summary>
public partial class Reservation
{
    public List<GroupIdentifier>? Groups { get; set; } = Collections.Initial<List<GroupIdentifier>>();

    public List<Instance>? Instances { get; set; } = Collections.Initial<List<Instance>>();

    /// <summary>The account.</summary>
    public string? OwnerId { get; set; }

    public string? RequesterId { get; set; }

    public string? ReservationId { get; set; }
}
