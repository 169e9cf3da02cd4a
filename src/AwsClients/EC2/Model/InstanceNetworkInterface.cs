using Amazon.Wire;

namespace Amazon.EC2.Model;

/// <summary>A network interface that is attached to an instance.</summary>
public partial class InstanceNetworkInterface
{
    /// <summary>Null without a public address.</summary>
    public InstanceNetworkInterfaceAssociation? Association { get; set; }

    public InstanceNetworkInterfaceAttachment? Attachment { get; set; }

    public List<GroupIdentifier>? Groups { get; set; } = Collections.Initial<List<GroupIdentifier>>();

    public List<InstanceIpv6Address>? Ipv6Addresses { get; set; } = Collections.Initial<List<InstanceIpv6Address>>();

    /// <summary><c>eni-...</c></summary>
    public string? NetworkInterfaceId { get; set; }

    public string? PrivateIpAddress { get; set; }

    public NetworkInterfaceStatus? Status { get; set; }

    public string? SubnetId { get; set; }

    public string? VpcId { get; set; }
}

/// <summary>The interface's public address.</summary>
public partial class InstanceNetworkInterfaceAssociation
{
    /// <summary><c>amazon</c>: assigned automatically and lost at a stop; an account: an Elastic IP.</summary>
    public string? IpOwnerId { get; set; }

    public string? PublicDnsName { get; set; }

    public string? PublicIp { get; set; }
}

/// <summary>How the interface is attached.</summary>
public partial class InstanceNetworkInterfaceAttachment
{
    public string? AttachmentId { get; set; }

    /// <summary>0 is the primary interface.</summary>
    public int? DeviceIndex { get; set; }

    public int? NetworkCardIndex { get; set; }

    public AttachmentStatus? Status { get; set; }
}

/// <summary>An IPv6 address of an interface.</summary>
public partial class InstanceIpv6Address
{
    public string? Ipv6Address { get; set; }

    public bool? IsPrimaryIpv6 { get; set; }
}
