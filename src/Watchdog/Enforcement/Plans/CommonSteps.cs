using System.Globalization;

namespace Watchdog.Enforcement.Plans;

/// <summary>Steps that more than one plan has.</summary>
internal static class CommonSteps
{
    private const string NoCase = "(the case's number)";

    /// <summary>Tags the VM with its case; where a plan is only looked at and there is none, with that which there would be.</summary>
    public static PlannedStep Tag(Subject of)
    {
        var before = Shape.OfTag(ContainmentGroups.CaseTag, of.Now.Tags.GetValueOrDefault(ContainmentGroups.CaseTag));
        var wanted = Shape.OfTag(ContainmentGroups.CaseTag, of.CaseId?.ToString(CultureInfo.InvariantCulture) ?? NoCase);
        return new PlannedStep(StepKinds.Tag, of.Now.InstanceId, "ec2:CreateTags", before, wanted, Shape.OfTag(ContainmentGroups.CaseTag, null),
            "DescribeInstances shows the tag", of.Patience);
    }

    /// <summary>Termination protection on, and a shutdown from inside only stops: neither the owner nor the guest ends the evidence.</summary>
    public static IEnumerable<PlannedStep> Protect(Subject of)
    {
        var (id, guards) = (of.Now.InstanceId, of.Guards);
        // EC2 refuses attribute changes of spot instances.
        var spot = of.Now.Lifecycle == "spot" ? "a spot instance takes no such change" : null;
        var open = new Shape(TerminationProtected: guards.TerminationProtected);
        yield return new PlannedStep(StepKinds.Protect, id, "ec2:ModifyInstanceAttribute", open, new Shape(TerminationProtected: true),
            guards.TerminationProtected ? null : open, "DescribeInstanceAttribute shows disableApiTermination", of.Patience,
            guards.TerminationProtected ? "protected already" : spot);
        var behaviour = new Shape(OnShutdown: guards.ShutdownBehaviour);
        yield return new PlannedStep(StepKinds.Shutdown, id, "ec2:ModifyInstanceAttribute", behaviour, new Shape(OnShutdown: "stop"),
            guards.ShutdownBehaviour == "stop" ? null : behaviour, "DescribeInstanceAttribute shows instanceInitiatedShutdownBehavior", of.Patience,
            guards.ShutdownBehaviour == "stop" ? "a shutdown from inside stops already" : spot);
    }

    /// <summary>Console text, screenshot and a look inside, before the act takes them away.</summary>
    public static PlannedStep Evidence(Subject of) => new(
        StepKinds.Evidence, of.Now.InstanceId, "ec2:GetConsoleOutput", new Shape(Taken: false), new Shape(Taken: true), null,
        "the exhibits are stored", of.Options.EvidenceSeconds,
        of.Options.EvidenceSeconds == 0 ? "Enforcement:EvidenceSeconds is 0"
        : of.Now.State != VmStates.Running ? $"the VM is {of.Now.State}" : null);
}
