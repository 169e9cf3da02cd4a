using Watchdog.Enforcement.Plans;
using Watchdog.Ledger;

namespace Watchdog.Enforcement.Governing;

/// <summary>Which calls acts need, counted from their steps; pure. Where EC2 shows an effect late, a step reads once more: that is counted in.</summary>
public static class CallNeeds
{
    private const string Read = "ec2:DescribeInstances";
    private const string Interface = "ec2:ModifyNetworkInterfaceAttribute";
    // Before the call, after it, and in a later run.
    private const int Readings = 3;

    private static readonly (string Bucket, int Calls)[] Guards =
        [("ec2:DescribeInstanceAttribute", 3), ("ec2:DescribeAddresses", 1), ("ec2:DescribeIamInstanceProfileAssociations", 1)];

    /// <summary>The bucket of an action's resource tokens, one an instance.</summary>
    public static string InstancesOf(string action) => $"{action} instances";

    /// <summary>The needs of an act.</summary>
    /// <param name="kind">One of <c>ActKinds</c>.</param>
    /// <param name="planned">Whether its plan is made: only its steps are left.</param>
    /// <param name="steps">What is left to do; for an act without a plan what it will hold, empty for its kind's usual steps with one interface.</param>
    public static ActNeed Of(string kind, bool planned, IReadOnlyList<StepToDo> steps)
    {
        var todo = planned || steps.Count > 0 ? steps : Usual(kind);
        Dictionary<string, double> tokens = [];
        var calls = 0;
        if (!planned)
        {
            View(1, guards: kind is not (ActKinds.Notify or ActKinds.Untag));
            if (kind == ActKinds.Quarantine)
            {
                Add("ec2:DescribeSecurityGroups", 2);
                Add(Interface, todo.Count(step => step.Kind == StepKinds.Isolate));
            }
        }

        foreach (var step in todo)
        {
            Step(step);
        }

        return new(tokens, calls);

        void Step(StepToDo step)
        {
            switch (step.Kind)
            {
                case StepKinds.Evidence:
                    Add("ec2:GetConsoleOutput", 1);
                    Add("ec2:GetConsoleScreenshot", 1);
                    Add("ssm:SendCommand", 1);
                    Add("ssm:GetCommandInvocation", 4);
                    return;
                case StepKinds.Restrain:
                    View(Readings, guards: false);
                    Add("ssm:SendCommand", 2);
                    Add("ssm:GetCommandInvocation", 6);
                    return;
                case StepKinds.Notify:
                    View(2, guards: false);
                    Add("ssm:SendCommand", 1);
                    Add("ssm:GetCommandInvocation", 3);
                    return;
                case StepKinds.Snapshots:
                    Add("ec2:DescribeSnapshots", 2);
                    break;
                case StepKinds.Reboot:
                    break;
                case StepKinds.IdleStop:
                    View(Readings, guards: false);
                    Add("ssm:SendCommand", 1);
                    Add("ssm:GetCommandInvocation", 3);
                    Take(InstancesOf(step.IamAction), 1);
                    break;
                case StepKinds.Stop or StepKinds.Start:
                    View(Readings, guards: false);
                    Take(InstancesOf(step.IamAction), 1);
                    break;
                default:
                    View(Readings, guards: step.Kind is StepKinds.Protect or StepKinds.Shutdown or StepKinds.Address or StepKinds.Profile);
                    break;
            }

            Add(step.IamAction, step.Kind == StepKinds.Isolate ? 2 : 1);
        }

        void View(int times, bool guards)
        {
            Add(Read, times);
            foreach (var (bucket, each) in guards ? Guards : [])
            {
                Add(bucket, times * each);
            }
        }

        void Add(string bucket, int count)
        {
            Take(bucket, count);
            calls += count;
        }

        void Take(string bucket, int count) => tokens[bucket] = tokens.GetValueOrDefault(bucket) + count;
    }

    /// <summary>What a release does about a step that is in force; null: nothing.</summary>
    public static StepToDo? Undoing(string kind) => kind switch
    {
        StepKinds.Isolate or StepKinds.Groups => new(StepKinds.Groups, Interface),
        StepKinds.Protect or StepKinds.Shutdown => new(kind, "ec2:ModifyInstanceAttribute"),
        StepKinds.Address => new(kind, "ec2:AssociateAddress"),
        StepKinds.Profile => new(kind, "ec2:ReplaceIamInstanceProfileAssociation"),
        StepKinds.Stop or StepKinds.IdleStop => new(StepKinds.Start, "ec2:StartInstances"),
        StepKinds.Restrain => new(kind, "ssm:SendCommand"),
        StepKinds.Tag => new(kind, "ec2:DeleteTags"),
        _ => null,
    };

    private static IReadOnlyList<StepToDo> Usual(string kind)
    {
        StepToDo tag = new(StepKinds.Tag, "ec2:CreateTags"), evidence = new(StepKinds.Evidence, "ec2:GetConsoleOutput");
        return kind switch
        {
            ActKinds.Quarantine =>
            [
                tag, new(StepKinds.Protect, "ec2:ModifyInstanceAttribute"), new(StepKinds.Shutdown, "ec2:ModifyInstanceAttribute"), evidence,
                new(StepKinds.Isolate, Interface),
            ],
            ActKinds.Stop => [tag, evidence, new(StepKinds.Stop, "ec2:StopInstances")],
            ActKinds.Reboot => [tag, evidence, new(StepKinds.Reboot, "ec2:RebootInstances")],
            ActKinds.Restrain => [tag, new(StepKinds.Restrain, "ssm:SendCommand")],
            ActKinds.Untag => [new(StepKinds.Tag, "ec2:DeleteTags")],
            ActKinds.Notify => [new(StepKinds.Notify, "ssm:SendCommand")],
            _ => [],
        };
    }
}
