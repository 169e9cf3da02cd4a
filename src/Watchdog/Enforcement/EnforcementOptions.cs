using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Watchdog.Enforcement;

/// <summary>How acts are carried out: waits, retries and their bounds. Section <c>Enforcement</c>. All times are fleet time.</summary>
public sealed class EnforcementOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Enforcement";

    /// <summary>
    /// Seconds until a VM is read again when AWS accepted a call whose effect is not visible yet. 1 to 300, default 5. Larger values
    /// spare DescribeInstances and delay the verification.
    /// </summary>
    [Range(1, 300)]
    public int LookAgainSeconds { get; set; } = 5;

    /// <summary>
    /// Seconds within which an accepted call must become visible before it is made again (it is idempotent), and which a release waits
    /// for a call whose fate is unknown. 10 to 3,600, default 60. Too small repeats calls while EC2 is merely slow.
    /// </summary>
    [Range(10, 3600)]
    public int SettleSeconds { get; set; } = 60;

    /// <summary>
    /// Seconds before the first retry after a throttled or passing error; each further one doubles it. 1 to 60, default 2.
    /// </summary>
    [Range(1, 60)]
    public int FirstRetrySeconds { get; set; } = 2;

    /// <summary>Longest wait between two retries, seconds. 1 to 3,600, default 60.</summary>
    [Range(1, 3600)]
    public int LongestRetrySeconds { get; set; } = 60;

    /// <summary>
    /// Setbacks after which an act ends as failed and waits for a person. 1 to 1,000, default 25: with the defaults above about twenty
    /// minutes of uninterrupted throttling.
    /// </summary>
    [Range(1, 1000)]
    public int MostSetbacks { get; set; } = 25;

    /// <summary>
    /// Times that one step's call is made before its act ends as failed, because the effect never became visible. 1 to 100, default 5.
    /// </summary>
    [Range(1, 100)]
    public int MostCalls { get; set; } = 5;

    /// <summary>
    /// Seconds that a scope's acts rest after AWS denied a call. 10 to 86,400, default 300. Acts are not given up: they go on once the
    /// permission is back.
    /// </summary>
    [Range(10, 86400)]
    public int DeniedRestSeconds { get; set; } = 300;

    /// <summary>The instance profile that stands in for a quarantined VM's own; none by default.</summary>
    [ValidateObjectMembers]
    public ProfileOptions Profile { get; set; } = new();
}
