using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.EC2.Model;

/// <summary>Which attribute of which instance to read: one a call.</summary>
public partial class DescribeInstanceAttributeRequest : AmazonEC2Request
{
    public InstanceAttributeName? Attribute { get; set; }

    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    public string? InstanceId { get; set; }
}

/// <summary>The attribute.</summary>
public partial class DescribeInstanceAttributeResponse : AmazonWebServiceResponse
{
    public InstanceAttribute? InstanceAttribute { get; set; }
}

/// <summary>One attribute of an instance; the members of those that were not asked for are null.</summary>
public partial class InstanceAttribute
{
    /// <summary>True protects from StopInstances.</summary>
    public bool? DisableApiStop { get; set; }

    /// <summary>True protects from termination through the API.</summary>
    public bool? DisableApiTermination { get; set; }

    public List<GroupIdentifier>? Groups { get; set; } = Collections.Initial<List<GroupIdentifier>>();

    public string? InstanceId { get; set; }

    /// <summary><c>stop</c> or <c>terminate</c>: what a shutdown from inside does.</summary>
    public string? InstanceInitiatedShutdownBehavior { get; set; }
}
