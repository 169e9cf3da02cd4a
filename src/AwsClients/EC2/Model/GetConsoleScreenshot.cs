using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>Whose screen to take.</summary>
public partial class GetConsoleScreenshotRequest : AmazonEC2Request
{
    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    public string? InstanceId { get; set; }

    /// <summary>As a key press: ends the screen saver.</summary>
    public bool? WakeUp { get; set; }
}

/// <summary>The console's screen. The guest draws it: hostile.</summary>
public partial class GetConsoleScreenshotResponse : AmazonWebServiceResponse
{
    /// <summary>A JPEG in base64.</summary>
    public string? ImageData { get; set; }

    public string? InstanceId { get; set; }
}
