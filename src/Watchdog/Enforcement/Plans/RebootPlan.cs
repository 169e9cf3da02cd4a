namespace Watchdog.Enforcement.Plans;

/// <summary>Plans a reboot of a dead VM: the gentlest thing that may bring it back. Its disks and addresses stay.</summary>
public static class RebootPlan
{
    /// <summary>Makes the plan; pure.</summary>
    public static Plan For(Subject of) => of.Untouchable is { } reason ? Plan.Refuse($"{reason}.")
        : of.Now.State != VmStates.Running ? Plan.Refuse($"{of.Now.InstanceId} is {of.Now.State}: only a running VM can be rebooted.")
        : new Plan(
            $"reboot {of.Now.InstanceId}",
            [
                CommonSteps.Tag(of), CommonSteps.Evidence(of),
                new PlannedStep(StepKinds.Reboot, of.Now.InstanceId, "ec2:RebootInstances", new Shape(Taken: false), new Shape(Taken: true), null,
                    "its status checks say what came of it: EC2 shows no state change", of.Patience),
            ],
            ["the content of its memory"], null);
}
