using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.EC2.Model;

/// <summary>Which security groups to list.</summary>
public partial class DescribeSecurityGroupsRequest : AmazonEC2Request
{
    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    public List<Filter>? Filters { get; set; } = Collections.Initial<List<Filter>>();

    public List<string>? GroupIds { get; set; } = Collections.Initial<List<string>>();

    /// <summary>5 to 1000.</summary>
    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }
}

/// <summary>One page of security groups.</summary>
public partial class DescribeSecurityGroupsResponse : AmazonWebServiceResponse
{
    /// <summary>Null on the last page.</summary>
    public string? NextToken { get; set; }

    public List<SecurityGroup>? SecurityGroups { get; set; } = Collections.Initial<List<SecurityGroup>>();
}

/// <summary>A security group with its rules.</summary>
public partial class SecurityGroup
{
    public string? Description { get; set; }

    public string? GroupId { get; set; }

    public string? GroupName { get; set; }

    /// <summary>What may come in.</summary>
    public List<IpPermission>? IpPermissions { get; set; } = Collections.Initial<List<IpPermission>>();

    /// <summary>What may go out.</summary>
    public List<IpPermission>? IpPermissionsEgress { get; set; } = Collections.Initial<List<IpPermission>>();

    public string? OwnerId { get; set; }

    public List<Tag>? Tags { get; set; } = Collections.Initial<List<Tag>>();

    public string? VpcId { get; set; }
}

/// <summary>One rule.</summary>
public partial class IpPermission
{
    /// <summary>Null for all ports.</summary>
    public int? FromPort { get; set; }

    /// <summary><c>tcp</c>, <c>udp</c>, <c>icmp</c>, a number, or <c>-1</c> for all.</summary>
    public string? IpProtocol { get; set; }

    public List<IpRange>? Ipv4Ranges { get; set; } = Collections.Initial<List<IpRange>>();

    public List<Ipv6Range>? Ipv6Ranges { get; set; } = Collections.Initial<List<Ipv6Range>>();

    public List<PrefixListId>? PrefixListIds { get; set; } = Collections.Initial<List<PrefixListId>>();

    /// <summary>Null for all ports.</summary>
    public int? ToPort { get; set; }

    /// <summary>Other security groups.</summary>
    public List<UserIdGroupPair>? UserIdGroupPairs { get; set; } = Collections.Initial<List<UserIdGroupPair>>();
}

/// <summary>A range of IPv4 addresses.</summary>
public partial class IpRange
{
    public string? CidrIp { get; set; }

    public string? Description { get; set; }
}

/// <summary>A range of IPv6 addresses.</summary>
public partial class Ipv6Range
{
    public string? CidrIpv6 { get; set; }

    public string? Description { get; set; }
}

/// <summary>A prefix list, such as an AWS service's addresses.</summary>
public partial class PrefixListId
{
    public string? Description { get; set; }

    public string? Id { get; set; }
}

/// <summary>A security group that a rule names.</summary>
public partial class UserIdGroupPair
{
    public string? Description { get; set; }

    public string? GroupId { get; set; }

    public string? GroupName { get; set; }

    public string? UserId { get; set; }

    public string? VpcId { get; set; }
}
