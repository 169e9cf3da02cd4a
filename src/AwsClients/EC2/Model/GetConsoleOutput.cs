using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>Whose console to read.</summary>
public partial class GetConsoleOutputRequest : AmazonEC2Request
{
    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    public string? InstanceId { get; set; }

    /// <summary>The newest text instead of the last boot's; Nitro only.</summary>
    public bool? Latest { get; set; }
}

/// <summary>The console's text. The guest writes it: hostile.</summary>
public partial class GetConsoleOutputResponse : AmazonWebServiceResponse
{
    public string? InstanceId { get; set; }

    /// <summary>Base64; up to 64 KB of text. Null when there is none.</summary>
    public string? Output { get; set; }

    /// <summary>UTC, of the text.</summary>
    public DateTime? Timestamp { get; set; }
}
