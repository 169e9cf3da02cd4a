using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.SimpleSystemsManagement.Model;

/// <summary>Which agents to list.</summary>
public partial class DescribeInstanceInformationRequest : AmazonSimpleSystemsManagementRequest
{
    public List<InstanceInformationStringFilter>? Filters { get; set; } = Collections.Initial<List<InstanceInformationStringFilter>>();

    /// <summary>5 to 50.</summary>
    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }
}

/// <summary>Narrows a listing of agents.</summary>
public partial class InstanceInformationStringFilter
{
    /// <summary><c>InstanceIds</c>, <c>PingStatus</c>, <c>tag:KEY</c> ...</summary>
    public string? Key { get; set; }

    public List<string>? Values { get; set; } = Collections.Initial<List<string>>();
}

/// <summary>One page of agents. A VM that is absent has never had one.</summary>
public partial class DescribeInstanceInformationResponse : AmazonWebServiceResponse
{
    public List<InstanceInformation>? InstanceInformationList { get; set; } = Collections.Initial<List<InstanceInformation>>();

    /// <summary>Null or empty on the last page.</summary>
    public string? NextToken { get; set; }
}

/// <summary>What an agent said last.</summary>
public partial class InstanceInformation
{
    public string? AgentVersion { get; set; }

    /// <summary>The guest says so: hostile.</summary>
    public string? ComputerName { get; set; }

    public string? InstanceId { get; set; }

    public string? IPAddress { get; set; }

    public bool? IsLatestVersion { get; set; }

    /// <summary>UTC; agents ping each five minutes.</summary>
    public DateTime? LastPingDateTime { get; set; }

    public PingStatus? PingStatus { get; set; }

    public string? PlatformName { get; set; }

    public PlatformType? PlatformType { get; set; }

    public string? PlatformVersion { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? RegistrationDate { get; set; }

    public ResourceType? ResourceType { get; set; }
}
