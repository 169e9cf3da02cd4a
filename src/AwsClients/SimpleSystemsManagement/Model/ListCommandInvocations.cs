using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.SimpleSystemsManagement.Model;

/// <summary>Which results to list.</summary>
public partial class ListCommandInvocationsRequest : AmazonSimpleSystemsManagementRequest
{
    public string? CommandId { get; set; }

    /// <summary>Also the output of each plugin.</summary>
    public bool? Details { get; set; }

    public List<CommandFilter>? Filters { get; set; } = Collections.Initial<List<CommandFilter>>();

    public string? InstanceId { get; set; }

    /// <summary>1 to 50.</summary>
    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }
}

/// <summary>Narrows a listing of commands.</summary>
public partial class CommandFilter
{
    public CommandFilterKey? Key { get; set; }

    public string? Value { get; set; }
}

/// <summary>One page of results.</summary>
public partial class ListCommandInvocationsResponse : AmazonWebServiceResponse
{
    public List<CommandInvocation>? CommandInvocations { get; set; } = Collections.Initial<List<CommandInvocation>>();

    /// <summary>Null or empty on the last page.</summary>
    public string? NextToken { get; set; }
}

/// <summary>One instance's result. The guest writes the outputs: hostile.</summary>
public partial class CommandInvocation
{
    public string? CommandId { get; set; }

    /// <summary>With Details only.</summary>
    public List<CommandPlugin>? CommandPlugins { get; set; } = Collections.Initial<List<CommandPlugin>>();

    public string? Comment { get; set; }

    public string? DocumentName { get; set; }

    public string? DocumentVersion { get; set; }

    public string? InstanceId { get; set; }

    public string? InstanceName { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? RequestedDateTime { get; set; }

    public CommandInvocationStatus? Status { get; set; }

    public string? StatusDetails { get; set; }

    public string? TraceOutput { get; set; }
}

/// <summary>The result of one step.</summary>
public partial class CommandPlugin
{
    public string? Name { get; set; }

    /// <summary>The first 2,500 characters.</summary>
    public string? Output { get; set; }

    public int? ResponseCode { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? ResponseFinishDateTime { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? ResponseStartDateTime { get; set; }

    public CommandPluginStatus? Status { get; set; }

    public string? StatusDetails { get; set; }
}
