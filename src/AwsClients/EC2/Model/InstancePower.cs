using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.EC2.Model;

/// <summary>Instances to stop. One bad id fails the whole call.</summary>
public partial class StopInstancesRequest : AmazonEC2Request
{
    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    /// <summary>Without waiting for the guest: file systems may suffer.</summary>
    public bool? Force { get; set; }

    public bool? Hibernate { get; set; }

    public List<string>? InstanceIds { get; set; } = Collections.Initial<List<string>>();
}

/// <summary>What the stop did.</summary>
public partial class StopInstancesResponse : AmazonWebServiceResponse
{
    public List<InstanceStateChange>? StoppingInstances { get; set; } = Collections.Initial<List<InstanceStateChange>>();
}

/// <summary>Instances to start. One bad id fails the whole call.</summary>
public partial class StartInstancesRequest : AmazonEC2Request
{
    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    public List<string>? InstanceIds { get; set; } = Collections.Initial<List<string>>();
}

/// <summary>What the start did.</summary>
public partial class StartInstancesResponse : AmazonWebServiceResponse
{
    public List<InstanceStateChange>? StartingInstances { get; set; } = Collections.Initial<List<InstanceStateChange>>();
}

/// <summary>Instances to reboot.</summary>
public partial class RebootInstancesRequest : AmazonEC2Request
{
    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    public List<string>? InstanceIds { get; set; } = Collections.Initial<List<string>>();
}

/// <summary>The request was taken; nothing more is known.</summary>
public partial class RebootInstancesResponse : AmazonWebServiceResponse;
