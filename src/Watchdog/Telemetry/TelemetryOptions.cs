using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Watchdog.Telemetry.Streaming;

namespace Watchdog.Telemetry;

/// <summary>How guests are looked into. Section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Telemetry";

    /// <summary>
    /// Name of the SSM inspection document, 3 to 128 characters. Default <c>Watchdog-FleetInspect</c>. The IAM policy allows this one and no
    /// other: a general document (AWS-RunShellScript) would make the worker's credentials root on the whole fleet.
    /// </summary>
    [Required, StringLength(128, MinimumLength = 3), RegularExpression("^[A-Za-z0-9_.-]+$")]
    public string InspectDocument { get; set; } = "Watchdog-FleetInspect";

    /// <summary>
    /// Version of that document which every call names, a number; default 1. A newer version in the account changes nothing until it is named here.
    /// </summary>
    [Required, RegularExpression("^[1-9][0-9]{0,8}$")]
    public string InspectDocumentVersion { get; set; } = "1";

    /// <summary>
    /// SHA-256 of that version's content, 64 lowercase hexadecimal digits, which every call names too: SSM refuses to run a document that
    /// somebody changed. Default: the hash of <c>docs/ssm/Watchdog-FleetInspect.yaml</c> as released.
    /// </summary>
    [Required, RegularExpression("^[0-9a-f]{64}$")]
    public string InspectDocumentHash { get; set; } = "e17ba8c8cd4885f765d96eba2a8b75b839caff29ebfc89fdec6068008b12eaa4";

    /// <summary>
    /// How long SSM tries to deliver a command to an agent, seconds, 30 to 600; default 60. A longer time lets a slow agent answer, and
    /// leaves commands to a dead one waiting.
    /// </summary>
    [Range(30, 600)]
    public int DeliverySeconds { get; set; } = 60;

    /// <summary>CloudWatch's metric stream as a second source of the screen's numbers; off by default.</summary>
    [ValidateObjectMembers]
    public StreamOptions Stream { get; set; } = new();
}

/// <summary>Reports every wrong setting at once, before anything starts.</summary>
[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
