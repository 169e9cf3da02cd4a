using Watchdog.Inventory;

namespace Watchdog.Enforcement.Plans;

/// <summary>The two groups of a VPC that isolate an interface.</summary>
/// <param name="Containment">Its only rules let SSM's endpoints through.</param>
/// <param name="Conversion">It lets everything through, so that connections under it are untracked.</param>
public sealed record IsolationGroups(string Containment, string Conversion);

/// <summary>What every plan is made from; all of it as just read.</summary>
/// <param name="Now">The VM.</param>
/// <param name="Guards">Protections, addresses and profile.</param>
/// <param name="CaseId">The case, for the tag; null for an idle stop, and for a plan that is only looked at, where there is none.</param>
/// <param name="InForce">What Watchdog has already changed on this VM and not undone, oldest first: its recorded shapes are the VM's own.</param>
/// <param name="Options">Limits, and which optional steps are wanted.</param>
public sealed record Subject(ListedVm Now, VmGuards Guards, long? CaseId, IReadOnlyList<Recorded> InForce, EnforcementOptions Options)
{
    /// <summary>Why no act may touch the VM, whatever it is; null when one may.</summary>
    public string? Untouchable => Now.Tags.TryGetValue(ContainmentGroups.AutoScalingTag, out var group)
        ? $"{Now.InstanceId} belongs to Auto Scaling group {group}, which terminates a member that is stopped or fails its health check"
        : null;

    /// <summary>Seconds after which a step's call that never shows is given up.</summary>
    public int Patience => Options.SettleSeconds * Options.MostCalls;
}
