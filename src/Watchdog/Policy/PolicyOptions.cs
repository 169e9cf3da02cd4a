using Watchdog.Detectors.Findings;
using Watchdog.Policy.Guards;
using Watchdog.Policy.Ladders;
using Watchdog.Policy.Trust;

namespace Watchdog.Policy;

/// <summary>What Watchdog may do by itself.</summary>
public enum PolicyMode
{
    /// <summary>Nothing: cases are opened, and acts recorded as what would have been proposed. AWS is only read.</summary>
    Observe,
    /// <summary>Acts are proposed; each begins when a person confirms its case.</summary>
    Propose,
    /// <summary>Acts begin by themselves within guards and caps, except where a person is asked for.</summary>
    Enforce,
}

/// <summary>
/// What may be done to VMs, and within which bounds. Section <c>Policy</c>. Every belt is on by default (DESIGN law 5). All times are
/// fleet time.
/// </summary>
public sealed class PolicyOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Policy";

    /// <summary><c>Observe</c> (default), <c>Propose</c> or <c>Enforce</c>. Anything else stops the start.</summary>
    public PolicyMode Mode { get; set; } = PolicyMode.Observe;

    /// <summary>Miners. Default <c>quarantine</c>: the VM keeps running and its memory stays as evidence.</summary>
    public ClassRule Miner { get; set; } = new() { Ladder = "quarantine" };

    /// <summary>Fork bombs. Default <c>restrain, stop</c>: where the agent still answers the crowd is capped, else the guest is beyond reach.</summary>
    public ClassRule ForkBomb { get; set; } = new() { Ladder = "restrain, stop" };

    /// <summary>
    /// Runaway processes. Default <c>restrain, stop</c>: the one process is capped; only where that cannot be, or does not hold, is the VM stopped,
    /// and unsaved work of the other processes lost.
    /// </summary>
    public ClassRule Runaway { get; set; } = new() { Ladder = "restrain, stop" };

    /// <summary>Dead or hanging kernels. Default <c>stop</c>: the VM works for nobody and is billed.</summary>
    public ClassRule Panic { get; set; } = new() { Ladder = "stop" };

    /// <summary>
    /// What differs by plan: the plan's name as the VMs' tag has it, e.g. <c>Plans:pro:Approval=all</c>. A paid plan is not exempt; where it says
    /// so, a person looks first.
    /// </summary>
    public Dictionary<string, PlanRule> Plans { get; set; } = [];

    /// <summary>When of the day the machine leaves VMs alone, but for the rungs that each class names. Default: never.</summary>
    public QuietHours QuietHours { get; set; } = new();

    /// <summary>
    /// How long a person's word that a VM was benign is remembered: until then the same class on it is only proposed. 0 to 365 days, default
    /// 14.00:00:00.
    /// </summary>
    public TimeSpan RulingMemory { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How many acts may begin; counted for the whole cluster. Releases are not counted.</summary>
    public CapOptions Caps { get; set; } = new();

    /// <summary>When the brake goes on by itself.</summary>
    public BrakeOptions Brake { get; set; } = new();

    /// <summary>When a detector loses the right to act by itself.</summary>
    public PrecisionOptions Precision { get; set; } = new();

    /// <summary>Who may start no VM, as the provider's control plane is told.</summary>
    public AdmissionOptions Admission { get; set; } = new();

    /// <summary>The furthest end of an exemption or a hold. 1 hour to 3,650 days, default 90.00:00:00: what is to last longer is renewed by somebody.</summary>
    public TimeSpan LongestExemption { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How far from now a person may put a contained case's clock off. 1 hour to 365 days, default 7.00:00:00: what takes longer is put off again by somebody.</summary>
    public TimeSpan LongestExtension { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long what was asked of many cases at once waits, so that it can be taken back whole. 0 to 1 hour, default 00:00:15; 0: no window.</summary>
    public TimeSpan UndoWindow { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long an exemption that covers more than one owner's VMs waits for a second person's approval before it lapses. 1 minute to 30 days,
    /// default 1.00:00:00.
    /// </summary>
    public TimeSpan ProposalLife { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// From how many VMs of one owner with a new plateau within <see cref="BatchWindow"/> on they are one batch, 2 to 1,000, default 5; 0: never.
    /// A batch's cases stand under its first one, and no act begins on it without a person: it may be a compute farm at work.
    /// </summary>
    public int BatchVms { get; set; } = 5;

    /// <summary>Within which time a batch's plateaus begin. 1 minute to 1 day, default 01:00:00.</summary>
    public TimeSpan BatchWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a scope must have been watched before acts begin by themselves there. 0 to 90 days, default 7.00:00:00; zero switches the
    /// warm-up off. Until then acts are proposed, and a person may confirm them.
    /// </summary>
    public TimeSpan MinimumHistory { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How often each shard is swept. 10 seconds to 1 hour, default 00:05:00. Acts begin only when all 64 shards have reported within three
    /// times this: a smaller value halts acts while sweeps are late, a larger one lets them begin on an older picture of the fleet.
    /// </summary>
    public TimeSpan ShardCadence { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The ladder of a class for a plan; null for those that are never acted upon: a failing host is AWS's, idleness is IdleShutdown's.</summary>
    /// <exception cref="FormatException">The rule makes no sense; checked at start.</exception>
    public ClassLadder? LadderOf(FindingClass found, string? plan)
    {
        var special = plan is null ? null : Plans.GetValueOrDefault(plan);
        var (rule, own) = found switch
        {
            FindingClass.Miner => (Miner, special?.Miner),
            FindingClass.ForkBomb => (ForkBomb, special?.ForkBomb),
            FindingClass.Runaway => (Runaway, special?.Runaway),
            FindingClass.Panic => (Panic, special?.Panic),
            _ => (null, null),
        };
        return rule is null ? null : ClassLadder.Of(special is null ? rule : ClassOverride.Over(rule, special, own));
    }
}
