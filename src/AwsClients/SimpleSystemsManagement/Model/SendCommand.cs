using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.SimpleSystemsManagement.Model;

/// <summary>What to run, and where.</summary>
public partial class SendCommandRequest : AmazonSimpleSystemsManagementRequest
{
    /// <summary>Up to 100 characters.</summary>
    public string? Comment { get; set; }

    /// <summary>Refuses a document that is not this one.</summary>
    public string? DocumentHash { get; set; }

    public DocumentHashType? DocumentHashType { get; set; }

    public string? DocumentName { get; set; }

    /// <summary><c>$DEFAULT</c>, <c>$LATEST</c> or a number.</summary>
    public string? DocumentVersion { get; set; }

    /// <summary>At most 50; excludes Targets.</summary>
    public List<string>? InstanceIds { get; set; } = Collections.Initial<List<string>>();

    /// <summary>A number or a percentage; 50 by default.</summary>
    public string? MaxConcurrency { get; set; }

    /// <summary>A number or a percentage; 0 by default.</summary>
    public string? MaxErrors { get; set; }

    /// <summary>By the document's parameter names.</summary>
    public Dictionary<string, List<string>>? Parameters { get; set; } = Collections.Initial<Dictionary<string, List<string>>>();

    /// <summary>At most 5.</summary>
    public List<Target>? Targets { get; set; } = Collections.Initial<List<Target>>();

    /// <summary>How long an agent may take to begin: 30 to 2,592,000.</summary>
    public int? TimeoutSeconds { get; set; }
}

/// <summary>Instances by a tag or another key.</summary>
public partial class Target
{
    /// <summary><c>tag:KEY</c>, <c>InstanceIds</c> ...</summary>
    public string? Key { get; set; }

    /// <summary>At most 50.</summary>
    public List<string>? Values { get; set; } = Collections.Initial<List<string>>();
}

/// <summary>The command that was made.</summary>
public partial class SendCommandResponse : AmazonWebServiceResponse
{
    public Command? Command { get; set; }
}

/// <summary>A command and how far it is.</summary>
public partial class Command
{
    public string? CommandId { get; set; }

    public string? Comment { get; set; }

    public int? CompletedCount { get; set; }

    public string? DocumentName { get; set; }

    public string? DocumentVersion { get; set; }

    public int? ErrorCount { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? ExpiresAfter { get; set; }

    public List<string>? InstanceIds { get; set; } = Collections.Initial<List<string>>();

    public string? MaxConcurrency { get; set; }

    public string? MaxErrors { get; set; }

    public Dictionary<string, List<string>>? Parameters { get; set; } = Collections.Initial<Dictionary<string, List<string>>>();

    /// <summary>UTC.</summary>
    public DateTime? RequestedDateTime { get; set; }

    public CommandStatus? Status { get; set; }

    public string? StatusDetails { get; set; }

    public int? TargetCount { get; set; }

    public List<Target>? Targets { get; set; } = Collections.Initial<List<Target>>();

    public int? TimeoutSeconds { get; set; }
}
