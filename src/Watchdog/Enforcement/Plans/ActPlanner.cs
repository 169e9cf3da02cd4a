using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Enforcement.Restraining;
using Watchdog.IdleShutdown;
using Watchdog.IdleShutdown.Warnings;
using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.Enforcement.Plans;

/// <summary>Reads what a plan needs and makes it; changes nothing.</summary>
public sealed class ActPlanner(IActuator actuator, Culprits culprits, ActJournal journal, IdleGround ground, Clocks clocks, IOptions<EnforcementOptions> options)
{
    /// <summary>Whether the plan of such an act needs protections, addresses and profile, which are several reads.</summary>
    public static bool NeedsGuards(ActRecord act) => act.Kind is not (ActKinds.Notify or ActKinds.Untag);

    /// <summary>Plans an act for the VM as it was just read.</summary>
    /// <param name="view">The VM with its guards; without them where <see cref="NeedsGuards"/> says so.</param>
    /// <param name="force">For a release: restore even where somebody changed what Watchdog had set.</param>
    /// <exception cref="ActuatorException">AWS did not answer, or the VPC lacks a group (Configuration, the mend named).</exception>
    public async Task<Plan> PlanAsync(Scope scope, ActRecord act, VmView view, bool force, CancellationToken ct)
    {
        if (act.Kind == ActKinds.Notify)
        {
            return NotifyPlan.For(
                view.Vm, await culprits.AgentAsync(scope, act.InstanceId, ct), LedgerJson.Read<MessageOrder>(act.PlanJson!), clocks.Fleet.GetUtcNow(), options.Value);
        }

        if (act.Kind == ActKinds.Untag)
        {
            return UntagPlan.For(view.Vm, options.Value);
        }

        var inForce = (await journal.InForceAsync(act.InstanceId, act.Purpose, ct)).Select(Recorded.Of).ToList();
        var subject = new Subject(view.Vm, view.Guards!, act.CaseId, inForce, options.Value);
        return act.Kind switch
        {
            ActKinds.Quarantine => await QuarantineAsync(scope, subject, ct),
            ActKinds.Restrain => RestrainPlan.For(
                subject, await culprits.OfAsync(act, ct), await culprits.AgentAsync(scope, act.InstanceId, ct), options.Value.Restrain),
            ActKinds.Stop when act.Purpose == ActPurposes.Idle => await IdleStopAsync(subject, act, ct),
            ActKinds.Stop => StopPlan.For(subject),
            ActKinds.Reboot => RebootPlan.For(subject),
            ActKinds.Warn => new Plan($"tell the owner of {act.InstanceId}", [], [], null),
            ActKinds.Block => new Plan($"let the owner of {act.InstanceId} start no VM until the block ends", [], [], null),
            ActKinds.Release => ReleasePlan.For(view, inForce, force, options.Value),
            _ => Plan.Refuse($"this version of Watchdog plans no act of kind '{act.Kind}'."),
        };
    }

    private async Task<Plan> IdleStopAsync(Subject subject, ActRecord act, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        return IdleStopPlan.For(subject, act.Reason, now, await ground.OnStopAsync(subject.Now, now, ct));
    }

    /// <summary>Until when a release must wait, because the fate of a call is unknown and its effect may still appear; null: not at all.</summary>
    public async Task<DateTimeOffset?> UnsettledUntilAsync(ActRecord act, TimeSpan settle, DateTimeOffset now, CancellationToken ct)
    {
        var open = (await journal.InForceAsync(act.InstanceId, act.Purpose, ct)).Select(Recorded.Of).Where(r => !r.Settled).ToList();
        return open.Count > 0 && open.Max(r => r.StartedAt) + settle is var until && until > now ? until : null;
    }

    private async Task<Plan> QuarantineAsync(Scope scope, Subject subject, CancellationToken ct)
    {
        if (subject.Now.VpcId is not { } vpc)
        {
            throw Unready($"EC2 shows no VPC for {subject.Now.InstanceId}");
        }

        var plan = QuarantinePlan.For(subject, new IsolationGroups(
            await GroupAsync(scope, vpc, ContainmentGroups.Role, ct), await GroupAsync(scope, vpc, ContainmentGroups.ConversionRole, ct)));
        // What we could not give back must not be taken: the way back is tried first.
        foreach (var step in plan.Steps.Where(s => s is { Kind: StepKinds.Isolate, Skip: null, Undo: not null }))
        {
            try
            {
                await actuator.CheckGroupsAsync(scope, step.Target, step.Undo!.Groups!, ct);
            }
            catch (ActuatorException refused) when (refused.Error is ActuatorError.Denied or ActuatorError.Configuration)
            {
                return Plan.Refuse($"groups [{step.Undo!.Words}] could not be put back on {step.Target} ({refused.Message}), so they are not taken away.");
            }
        }

        return plan;
    }

    private async Task<string> GroupAsync(Scope scope, string vpc, string role, CancellationToken ct)
    {
        var groups = await actuator.FindGroupsAsync(scope, vpc, role, ct);
        var wanted = $"{ContainmentGroups.RoleTag}={role}";
        return groups switch
        {
            [var one] => one,
            [] => throw Unready($"VPC {vpc} has no security group tagged {wanted}: create one (watchdog doctor prints how), then confirm the case"),
            _ => throw Unready($"VPC {vpc} has {groups.Count} security groups tagged {wanted}: leave one, then confirm the case"),
        };
    }

    private static ActuatorException Unready(string mend) => new(ActuatorError.Configuration, "ContainmentGroup", mend);
}
