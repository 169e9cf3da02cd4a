using System.ComponentModel.DataAnnotations;

namespace Watchdog.Enforcement;

/// <summary>How processes inside guests are capped or ended. Section <c>Enforcement:Restrain</c>.</summary>
public sealed class RestrainOptions
{
    /// <summary>
    /// Name of the SSM document, 3 to 128 characters. Default <c>Watchdog-Restrain</c>. The IAM policy allows it beside the inspection document, and
    /// no other.
    /// </summary>
    [Required, StringLength(128, MinimumLength = 3), RegularExpression("^[A-Za-z0-9_.-]+$")]
    public string Document { get; set; } = "Watchdog-Restrain";

    /// <summary>Version of that document which every call names, a number; default 1. A newer one in the account changes nothing until it is named here.</summary>
    [Required, RegularExpression("^[1-9][0-9]{0,8}$")]
    public string DocumentVersion { get; set; } = "1";

    /// <summary>
    /// SHA-256 of that version's content, 64 lowercase hexadecimal digits, which every call names too: SSM refuses to run a document that
    /// somebody changed. Default: the hash of <c>docs/ssm/Watchdog-Restrain.yaml</c> as released.
    /// </summary>
    [Required, RegularExpression("^[0-9a-f]{64}$")]
    public string DocumentHash { get; set; } = "057bebf1a0bcec30ebe9fd1a0ac92160c4864bea06858d281aa51883ffbfd073";

    /// <summary>
    /// The cap, percent of one core whatever the VM's size, 1 to 99; default 20. Lower spares more, higher lets an honest process that was capped
    /// by mistake get on.
    /// </summary>
    [Range(1, 99)]
    public int CpuPercent { get; set; } = 20;

    /// <summary>
    /// Whether a runaway's process is ended instead of capped. Default false: it cannot be undone, and what it had not saved is lost. A fork bomb's
    /// crowd is capped in any case.
    /// </summary>
    public bool End { get; set; }

    /// <summary>
    /// Seconds after which a capped process is asked for again, to see that the cap holds. 60 to 600, default 60. Lower is no measurement; higher
    /// leaves the act unproven for longer.
    /// </summary>
    [Range(60, 600)]
    public int ConfirmSeconds { get; set; } = 60;
}
