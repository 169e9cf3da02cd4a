using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.EC2.Model;

/// <summary>Which Elastic IP addresses to list; AWS answers all of them at once, without pages.</summary>
public partial class DescribeAddressesRequest : AmazonEC2Request
{
    public List<string>? AllocationIds { get; set; } = Collections.Initial<List<string>>();

    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    public List<Filter>? Filters { get; set; } = Collections.Initial<List<Filter>>();

    public List<string>? PublicIps { get; set; } = Collections.Initial<List<string>>();
}

/// <summary>Elastic IP addresses.</summary>
public partial class DescribeAddressesResponse : AmazonWebServiceResponse
{
    public List<Address>? Addresses { get; set; } = Collections.Initial<List<Address>>();
}

/// <summary>An Elastic IP address, associated or not.</summary>
public partial class Address
{
    /// <summary><c>eipalloc-...</c>: stays the same while the address is held.</summary>
    public string? AllocationId { get; set; }

    /// <summary><c>eipassoc-...</c>: a new one with each association; null without one.</summary>
    public string? AssociationId { get; set; }

    public DomainType? Domain { get; set; }

    /// <summary>Null unless associated with an instance's interface.</summary>
    public string? InstanceId { get; set; }

    public string? NetworkInterfaceId { get; set; }

    /// <summary>The interface's private address that it stands for.</summary>
    public string? PrivateIpAddress { get; set; }

    public string? PublicIp { get; set; }

    public List<Tag>? Tags { get; set; } = Collections.Initial<List<Tag>>();
}

/// <summary>An association to end.</summary>
public partial class DisassociateAddressRequest : AmazonEC2Request
{
    public string? AssociationId { get; set; }

    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }
}

/// <summary>The association has ended.</summary>
public partial class DisassociateAddressResponse : AmazonWebServiceResponse;

/// <summary>An Elastic IP address to associate with an interface's private address.</summary>
public partial class AssociateAddressRequest : AmazonEC2Request
{
    public string? AllocationId { get; set; }

    /// <summary>False: fails where the address is associated with something else. AWS's default is true.</summary>
    public bool? AllowReassociation { get; set; }

    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    public string? NetworkInterfaceId { get; set; }

    /// <summary>Without it, the interface's primary one.</summary>
    public string? PrivateIpAddress { get; set; }
}

/// <summary>The new association.</summary>
public partial class AssociateAddressResponse : AmazonWebServiceResponse
{
    public string? AssociationId { get; set; }
}
