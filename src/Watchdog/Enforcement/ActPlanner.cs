using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.Enforcement;

/// <summary>Reads what a plan needs and makes it; changes nothing.</summary>
public sealed class ActPlanner(IActuator actuator, ActJournal journal)
{
    /// <summary>Plans an act for the VM as it is now.</summary>
    /// <param name="force">For a release: restore even where somebody changed what Watchdog had set.</param>
    /// <exception cref="ActuatorException">AWS did not answer, or the VPC has no containment group (Configuration, the mend named).</exception>
    public async Task<Plan> PlanAsync(Scope scope, ActRecord act, ListedVm now, bool force, CancellationToken ct)
    {
        var inForce = (await journal.InForceAsync(act.InstanceId, ct)).Select(Recorded.Of).ToList();
        return act.Kind switch
        {
            ActKinds.Quarantine => QuarantinePlan.For(now, await ContainmentGroupAsync(scope, now, ct), act.CaseId, inForce),
            ActKinds.Stop => StopPlan.For(now, act.CaseId),
            ActKinds.Release => ReleasePlan.For(now, inForce, force),
            _ => throw new InvalidOperationException($"Act {act.Id} is of kind '{act.Kind}', which nobody can plan."),
        };
    }

    /// <summary>Until when a release must wait, because the fate of a call is unknown and its effect may still appear; null: not at all.</summary>
    public async Task<DateTimeOffset?> UnsettledUntilAsync(ActRecord act, TimeSpan settle, DateTimeOffset now, CancellationToken ct)
    {
        var open = (await journal.InForceAsync(act.InstanceId, ct)).Select(Recorded.Of).Where(r => !r.Settled).ToList();
        return open.Count > 0 && open.Max(r => r.StartedAt) + settle is var until && until > now ? until : null;
    }

    private async Task<string> ContainmentGroupAsync(Scope scope, ListedVm now, CancellationToken ct)
    {
        if (now.VpcId is not { } vpc)
        {
            throw Unready($"EC2 shows no VPC for {now.InstanceId}");
        }

        var groups = await actuator.FindGroupsAsync(scope, vpc, ContainmentGroups.Role, ct);
        const string wanted = $"{ContainmentGroups.RoleTag}={ContainmentGroups.Role}";
        return groups switch
        {
            [var one] => one,
            [] => throw Unready($"VPC {vpc} has no security group tagged {wanted}: create one (watchdog doctor prints how), then confirm the case"),
            _ => throw Unready($"VPC {vpc} has {groups.Count} security groups tagged {wanted}: leave one, then confirm the case"),
        };
    }

    private static ActuatorException Unready(string mend) => new(ActuatorError.Configuration, "ContainmentGroup", mend);
}
