using System.Globalization;
using Watchdog.Inventory;

namespace Watchdog.Enforcement;

/// <summary>Plans a quarantine: the VM is tagged with its case, and every network interface goes into the VPC's containment group.</summary>
public static class QuarantinePlan
{
    /// <summary>Makes the plan; pure.</summary>
    /// <param name="now">The VM as just read.</param>
    /// <param name="containment">The VPC's group tagged <c>watchdog:role = quarantine</c>.</param>
    /// <param name="caseId">The case, for the tag.</param>
    /// <param name="inForce">
    /// What Watchdog has already changed on this VM and not undone: its recorded groups are the VM's own, not the ones seen now.
    /// </param>
    public static Plan For(ListedVm now, string containment, long caseId, IReadOnlyList<Recorded> inForce)
    {
        if (now.Tags.TryGetValue(ContainmentGroups.AutoScalingTag, out var group))
        {
            return Plan.Refuse($"{now.InstanceId} belongs to Auto Scaling group {group}: a failed health check would make the group terminate it.");
        }

        if (now.Interfaces.Count == 0)
        {
            return Plan.Refuse($"{now.InstanceId} shows no network interface: there is nothing to contain.");
        }

        return new Plan(
            $"put {now.Interfaces.Count} network interface(s) of {now.InstanceId} into containment group {containment}",
            [TagStep(now, caseId), .. now.Interfaces.OrderBy(i => i.DeviceIndex).Select(i => InterfaceStep(i, containment, inForce))],
            ["connections that are open now: a client has to connect again"], null);
    }

    /// <summary>The step that tags a VM with its case.</summary>
    internal static PlannedStep TagStep(ListedVm now, long caseId)
    {
        var before = Shape.OfTag(ContainmentGroups.CaseTag, now.Tags.GetValueOrDefault(ContainmentGroups.CaseTag));
        var wanted = Shape.OfTag(ContainmentGroups.CaseTag, caseId.ToString(CultureInfo.InvariantCulture));
        return new PlannedStep(StepKinds.Tag, now.InstanceId, "ec2:CreateTags", before, wanted, Shape.OfTag(ContainmentGroups.CaseTag, null));
    }

    private static PlannedStep InterfaceStep(ListedInterface card, string containment, IReadOnlyList<Recorded> inForce)
    {
        var wanted = Shape.OfGroups([containment]);
        var seen = Shape.OfGroups(card.Groups);
        if (!card.Groups.ToHashSet().SetEquals([containment]))
        {
            return new PlannedStep(StepKinds.Groups, card.InterfaceId, "ec2:ModifyNetworkInterfaceAttribute", seen, wanted, seen);
        }

        // Contained already. By us: its own groups are the ones recorded first. By somebody else: nothing that we may undo.
        var own = inForce.FirstOrDefault(r => r.Kind == StepKinds.Groups && r.Target == card.InterfaceId)?.Before;
        return own is not null
            ? new PlannedStep(StepKinds.Groups, card.InterfaceId, "ec2:ModifyNetworkInterfaceAttribute", own, wanted, own)
            : new PlannedStep(StepKinds.Groups, card.InterfaceId, "ec2:ModifyNetworkInterfaceAttribute", seen, wanted, null,
                "in the containment group already, and not by Watchdog: a release leaves it there");
    }
}
