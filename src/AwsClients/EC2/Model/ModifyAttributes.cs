using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.EC2.Model;

/// <summary>One attribute of one network interface.</summary>
public partial class ModifyNetworkInterfaceAttributeRequest : AmazonEC2Request
{
    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    /// <summary>The whole new set of security group ids, of the interface's own VPC.</summary>
    public List<string>? Groups { get; set; } = Collections.Initial<List<string>>();

    public string? NetworkInterfaceId { get; set; }
}

/// <summary>The change was taken.</summary>
public partial class ModifyNetworkInterfaceAttributeResponse : AmazonWebServiceResponse;

/// <summary>One attribute of one instance: set exactly one.</summary>
public partial class ModifyInstanceAttributeRequest : AmazonEC2Request
{
    /// <summary>True protects from StopInstances.</summary>
    public bool? DisableApiStop { get; set; }

    /// <summary>True protects from termination through the API.</summary>
    public bool? DisableApiTermination { get; set; }

    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    /// <summary>Fails on an instance with several interfaces: change those instead.</summary>
    public List<string>? Groups { get; set; } = Collections.Initial<List<string>>();

    public string? InstanceId { get; set; }

    /// <summary><c>stop</c> or <c>terminate</c>: what a shutdown from inside does.</summary>
    public string? InstanceInitiatedShutdownBehavior { get; set; }
}

/// <summary>The change was taken.</summary>
public partial class ModifyInstanceAttributeResponse : AmazonWebServiceResponse;
