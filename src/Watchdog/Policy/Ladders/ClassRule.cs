using Watchdog.Policy.Deadlines;

namespace Watchdog.Policy.Ladders;

/// <summary>What evidence an act by machine needs. None of them is less than DESIGN 4.7 asks for.</summary>
public enum EvidenceNeed
{
    /// <summary>Two independent families, or one decisive piece.</summary>
    TwoFamiliesOrDecisive,
    /// <summary>Two independent families, decisive piece or not.</summary>
    TwoFamilies,
    /// <summary>A decisive piece.</summary>
    Decisive,
}

/// <summary>The rule of one class. Lists of rungs are one text, so that a later source of settings replaces the whole of it.</summary>
public sealed class ClassRule
{
    /// <summary>
    /// The rungs that are tried, in the order <c>observe, warn, propose, restrain, quarantine, reboot, stop, block</c>, each at most once;
    /// <c>propose</c> needs one after it. <c>observe</c> alone: cases and nothing else.
    /// </summary>
    public string Ladder { get; set; } = "observe";

    /// <summary>The rungs that begin only when a person confirms the case, in every mode: a list, <c>none</c> (default) or <c>all</c>.</summary>
    public string Approval { get; set; } = "none";

    /// <summary>
    /// The evidence that an act by machine needs: <c>TwoFamiliesOrDecisive</c> (default), <c>TwoFamilies</c> or <c>Decisive</c>. What has less waits
    /// for a person.
    /// </summary>
    public EvidenceNeed Evidence { get; set; } = EvidenceNeed.TwoFamiliesOrDecisive;

    /// <summary>The rung with which decisive evidence begins; gentler ones are skipped. Null (default): none is.</summary>
    public string? DecisiveFrom { get; set; }

    /// <summary>How long an episode must have been confirmed before the first rung. 0 (default) to 7 days.</summary>
    public TimeSpan Persistence { get; set; }

    /// <summary>
    /// How long a rung must have been in force, the behaviour going on, before the next; also how long a person has at rung <c>propose</c>.
    /// 1 minute to 7 days, default 00:15:00. A rung that was refused or failed is followed at once.
    /// </summary>
    public TimeSpan BetweenRungs { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The endings of a rung after which the next may follow: of <c>verified, unverifiable, refused, failed</c>. Default
    /// <c>verified, refused, failed</c>: data that never came prove nothing, and a person looks.
    /// </summary>
    public string ClimbAfter { get; set; } = "verified, refused, failed";

    /// <summary>The rungs that may begin by themselves in quiet hours: a list, <c>none</c> or <c>all</c> (default). The others wait for their end.</summary>
    public string QuietRungs { get; set; } = "all";

    /// <summary>
    /// How long a contained case waits for a ruling before its clock falls due. 0: it has no clock; else 1 minute to 365 days, default 1.00:00:00.
    /// </summary>
    public TimeSpan Clock { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// What the clock does then: <c>Escalate</c> (default) tells people by the event <c>case.clock_due</c>; <c>Release</c> releases the case.
    /// </summary>
    public ClockDuty ClockDoes { get; set; } = ClockDuty.Escalate;
}
