using System.ComponentModel.DataAnnotations;

namespace Watchdog.Enforcement;

/// <summary>How the people inside guests are told of a stop. Section <c>Enforcement:Notify</c>.</summary>
public sealed class NotifyOptions
{
    /// <summary>Name of the SSM document, 3 to 128 characters. Default <c>Watchdog-Notify</c>. The IAM policy allows it beside the other two, and no other.</summary>
    [Required, StringLength(128, MinimumLength = 3), RegularExpression("^[A-Za-z0-9_.-]+$")]
    public string Document { get; set; } = "Watchdog-Notify";

    /// <summary>Version of that document which every call names, a number; default 1. A newer one in the account changes nothing until it is named here.</summary>
    [Required, RegularExpression("^[1-9][0-9]{0,8}$")]
    public string DocumentVersion { get; set; } = "1";

    /// <summary>
    /// SHA-256 of that version's content, 64 lowercase hexadecimal digits, which every call names too: SSM refuses to run a document that
    /// somebody changed. Default: the hash of <c>docs/ssm/Watchdog-Notify.yaml</c> as released.
    /// </summary>
    [Required, RegularExpression("^[0-9a-f]{64}$")]
    public string DocumentHash { get; set; } = "97fd92e108b2217a36e82e564c302ea34b34b2149b704a3bd59d1f1077125858";
}
