using Watchdog.Inventory;

namespace Watchdog.Enforcement.Plans;

/// <summary>
/// Plans a quarantine: tag, protect, evidence within its time limit, then every network interface through the allow-all group into the
/// containment group; addresses, profile and snapshots where the options ask for them.
/// </summary>
public static class QuarantinePlan
{
    private const string Interface = "ec2:ModifyNetworkInterfaceAttribute";

    /// <summary>Makes the plan; pure.</summary>
    public static Plan For(Subject of, IsolationGroups groups)
    {
        var now = of.Now;
        if (of.Untouchable is { } reason)
        {
            return Plan.Refuse($"{reason}.");
        }

        if (now.Interfaces.Count == 0)
        {
            return Plan.Refuse($"{now.InstanceId} shows no network interface: there is nothing to contain.");
        }

        List<PlannedStep> steps =
        [
            CommonSteps.Tag(of), .. CommonSteps.Protect(of), CommonSteps.Evidence(of),
            .. now.Interfaces.OrderBy(card => card.DeviceIndex).Select(card => Isolate(of, card, groups)),
        ];
        List<string> lost = ["connections that are open now: a client has to connect again"];
        if (of.Options.DetachAddresses)
        {
            steps.AddRange(of.Guards.Addresses.Select(address => Detach(of, address)));
            lost.AddRange(of.Guards.Addresses.Select(address => $"the association id of {address.PublicIp}: a release associates it anew"));
        }

        if (of.Options.Profile.EmptyArn is { } empty)
        {
            steps.Add(Replace(of, empty));
        }

        if (of.Options.TakeSnapshots)
        {
            steps.Add(new PlannedStep(StepKinds.Snapshots, now.InstanceId, "ec2:CreateSnapshots", new Shape(Taken: false), new Shape(Taken: true), null,
                "DescribeSnapshots shows the operation's tag", of.Patience));
        }

        return new Plan($"isolate {now.Interfaces.Count} network interface(s) of {now.InstanceId} in {groups.Containment}", steps, lost, null);
    }

    private static PlannedStep Isolate(Subject of, ListedInterface card, IsolationGroups groups)
    {
        var wanted = Shape.OfGroups([groups.Containment]) with { Via = [groups.Conversion] };
        var seen = Shape.OfGroups(card.Groups);
        const string verify = "DescribeInstances shows the group on the interface; then two periods of NetworkOut and a look inside";
        // Contained already, or left between the two groups. By us: its own groups are the ones recorded first. By somebody else: nothing that we may undo.
        var own = of.InForce.FirstOrDefault(r => r.Kind is StepKinds.Isolate or StepKinds.Groups && r.Target == card.InterfaceId)?.Before;
        var contained = card.Groups.ToHashSet().SetEquals([groups.Containment]);
        return own is null && contained
            ? new PlannedStep(StepKinds.Isolate, card.InterfaceId, Interface, seen, wanted, null, verify, of.Options.ExposureSeconds,
                "in the containment group already, and not by Watchdog: a release leaves it there")
            : new PlannedStep(StepKinds.Isolate, card.InterfaceId, Interface, own ?? seen, wanted, own ?? seen, verify, of.Options.ExposureSeconds);
    }

    private static PlannedStep Detach(Subject of, HeldAddress address)
    {
        var before = new Shape(Address: new AddressPlace(address.InterfaceId, address.PrivateIp));
        return new PlannedStep(StepKinds.Address, address.AllocationId, "ec2:DisassociateAddress", before, new Shape(Address: new AddressPlace(null, null)),
            before, "DescribeAddresses shows no association", of.Patience);
    }

    private static PlannedStep Replace(Subject of, string empty)
    {
        var before = new Shape(Profile: of.Guards.Profile?.Arn ?? "");
        return new PlannedStep(StepKinds.Profile, of.Now.InstanceId, "ec2:ReplaceIamInstanceProfileAssociation", before, new Shape(Profile: empty), before,
            "DescribeIamInstanceProfileAssociations shows the empty profile", of.Patience,
            of.Guards.Profile is null ? "it has no instance profile" : null);
    }
}
