using Amazon.Runtime;

namespace Amazon.SimpleSystemsManagement.Model;

/// <summary>Whose result of which command.</summary>
public partial class GetCommandInvocationRequest : AmazonSimpleSystemsManagementRequest
{
    public string? CommandId { get; set; }

    public string? InstanceId { get; set; }

    /// <summary>Needed when the document has several steps.</summary>
    public string? PluginName { get; set; }
}

/// <summary>One instance's result. The guest writes the contents: hostile.</summary>
public partial class GetCommandInvocationResponse : AmazonWebServiceResponse
{
    public string? CommandId { get; set; }

    public string? Comment { get; set; }

    public string? DocumentName { get; set; }

    public string? DocumentVersion { get; set; }

    /// <summary>An ISO 8601 duration.</summary>
    public string? ExecutionElapsedTime { get; set; }

    /// <summary>ISO 8601, or empty.</summary>
    public string? ExecutionEndDateTime { get; set; }

    /// <summary>ISO 8601, or empty.</summary>
    public string? ExecutionStartDateTime { get; set; }

    public string? InstanceId { get; set; }

    public string? PluginName { get; set; }

    /// <summary>The exit code; -1 while there is none.</summary>
    public int? ResponseCode { get; set; }

    /// <summary>The first 8,000 characters.</summary>
    public string? StandardErrorContent { get; set; }

    public string? StandardErrorUrl { get; set; }

    /// <summary>The first 24,000 characters.</summary>
    public string? StandardOutputContent { get; set; }

    public string? StandardOutputUrl { get; set; }

    public CommandInvocationStatus? Status { get; set; }

    /// <summary>Finer than Status: for example <c>DeliveryTimedOut</c>, <c>Undeliverable</c>.</summary>
    public string? StatusDetails { get; set; }
}
