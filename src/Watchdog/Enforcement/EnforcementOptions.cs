using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Watchdog.Enforcement;

/// <summary>How acts are carried out: waits, retries and their bounds. Section <c>Enforcement</c>. All times are fleet time, but where wall time is said.</summary>
public sealed class EnforcementOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Enforcement";

    /// <summary>
    /// VMs of a scope that are acted on at once, each in one act. 1 to 32, default 8. Lower makes a wave of acts wait for AWS's answers one by one;
    /// higher gains nothing once AWS's rates hold the calls back, and takes a database connection each.
    /// </summary>
    [Range(1, 32)]
    public int Parallel { get; set; } = 8;

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

    /// <summary>
    /// Minutes for which the last verdict stands: an act begins only on a newer one that still finds the behaviour. 5 to 120, default 20.
    /// Lower waits for verdicts while sweeps are late, higher acts on what may have ended.
    /// </summary>
    [Range(5, 120)]
    public int FreshMinutes { get; set; } = 20;

    /// <summary>
    /// Seconds that console text, screenshot and a look inside may take before the VM is contained. 0 to 120, default 20; 0 takes none.
    /// Higher gathers more from slow guests, and the offender goes on for as long.
    /// </summary>
    [Range(0, 120)]
    public int EvidenceSeconds { get; set; } = 20;

    /// <summary>
    /// Wall seconds that an interface may stay in the allow-all group before its old groups are put back. 1 to 5, default 5. Lower gives
    /// up sooner when EC2 is slow; the act is then tried again.
    /// </summary>
    [Range(1, 5)]
    public int ExposureSeconds { get; set; } = 5;

    /// <summary>
    /// Minutes after which a quarantine whose traffic could not be seen ends as unverifiable. 15 to 240, default 45. CloudWatch shows two
    /// whole periods some 20 minutes after the isolation.
    /// </summary>
    [Range(15, 240)]
    public int VerifyMinutes { get; set; } = 45;

    /// <summary>Minutes in state stopping after which the stop is forced, which skips the guest's own shutdown. 2 to 120, default 10.</summary>
    [Range(2, 120)]
    public int ForceStopMinutes { get; set; } = 10;

    /// <summary>Whether a quarantine also takes Elastic IPs away. Default false: the containment group is enough, and the association's id changes.</summary>
    public bool DetachAddresses { get; set; }

    /// <summary>Whether a quarantine snapshots the VM's volumes after its isolation. Default false: snapshots are billed and are never deleted by Watchdog.</summary>
    public bool TakeSnapshots { get; set; }

    /// <summary>The instance profile that stands in for a quarantined VM's own; none by default.</summary>
    [ValidateObjectMembers]
    public ProfileOptions Profile { get; set; } = new();

    /// <summary>How processes inside guests are capped or ended.</summary>
    [ValidateObjectMembers]
    public RestrainOptions Restrain { get; set; } = new();

    /// <summary>How the people inside guests are told that their VM is about to be stopped.</summary>
    [ValidateObjectMembers]
    public NotifyOptions Notify { get; set; } = new();
}
