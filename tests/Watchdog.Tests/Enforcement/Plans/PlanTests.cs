using Watchdog.Enforcement;
using Watchdog.Enforcement.Plans;
using Watchdog.Inventory;

namespace Watchdog.Tests.Enforcement.Plans;

public sealed class PlanTests
{
    private static readonly IsolationGroups Groups = new("sg-contain", "sg-open");
    private static readonly HeldAddress Elastic = new("eipalloc-1", "eipassoc-1", "203.0.113.7", "eni-0", "10.0.0.7");

    [Fact]
    public void Every_step_of_a_quarantine_says_how_it_is_seen_undone_and_bounded_and_none_that_cannot_be_undone_is_on_by_default()
    {
        var plan = QuarantinePlan.For(Subject(new EnforcementOptions()), Groups);

        Assert.All(plan.Steps, step =>
        {
            Assert.NotEmpty(step.Verify);
            Assert.True(step.LimitSeconds > 0);
            Assert.StartsWith("ec2:", step.IamAction, StringComparison.Ordinal);
            Assert.True(step.Undo is not null || step.Skip is not null || step.Kind == StepKinds.Evidence, step.Kind);
        });
        Assert.Equal(["tag", "protect", "shutdown", "evidence", "isolate", "isolate"], plan.Steps.Select(step => step.Kind));
    }

    [Fact]
    public void Addresses_profile_and_snapshots_are_touched_only_where_the_options_ask_for_it()
    {
        var options = new EnforcementOptions
        {
            DetachAddresses = true, TakeSnapshots = true, Profile = new() { EmptyArn = "arn:aws:iam::123456789012:instance-profile/empty" },
        };
        var subject = Subject(options) with { Guards = new VmGuards(false, false, "terminate", [Elastic], new HeldProfile("iip-1", "arn:own")) };

        var plan = QuarantinePlan.For(subject, Groups);

        Assert.Equal(["tag", "protect", "shutdown", "evidence", "isolate", "isolate", "address", "profile", "snapshots"], plan.Steps.Select(step => step.Kind));
        Assert.Contains(plan.NotBroughtBack, line => line.Contains("association id of 203.0.113.7", StringComparison.Ordinal));
        Assert.Equal("terminate", plan.Steps[2].Undo!.OnShutdown);
        Assert.Equal("arn:own", plan.Steps[7].Undo!.Profile);
    }

    [Fact]
    public void A_release_puts_back_protections_address_and_profile_and_names_what_will_differ()
    {
        List<Recorded> inForce =
        [
            Record(StepKinds.Tag, "i-1", Shape.OfTag("watchdog:case", null), Shape.OfTag("watchdog:case", "7")),
            Record(StepKinds.Protect, "i-1", new Shape(TerminationProtected: false), new Shape(TerminationProtected: true)),
            Record(StepKinds.Isolate, "eni-0", Shape.OfGroups(["sg-a"]), Shape.OfGroups(["sg-contain"]) with { Via = ["sg-open"] }),
            Record(StepKinds.Address, "eipalloc-1", new Shape(Address: new AddressPlace("eni-0", "10.0.0.7")), new Shape(Address: new AddressPlace(null, null))),
            Record(StepKinds.Stop, "i-1", Shape.OfState("running"), Shape.OfState("stopped")),
        ];
        var vm = Vm(["sg-contain"]) with { State = "stopped", Tags = new Dictionary<string, string> { ["watchdog:case"] = "7" } };

        var plan = ReleasePlan.For(new VmView(vm, new VmGuards(true, false, "stop", [], null)), inForce, force: false, new EnforcementOptions());

        Assert.Null(plan.Refused);
        Assert.Equal(["address", "groups", "protect", "start", "tag"], plan.Steps.Select(step => step.Kind));
        Assert.Contains("the launch time", plan.Differs!);
        Assert.Contains("the association id of eipalloc-1", plan.Differs!);
    }

    [Fact]
    public void A_release_names_every_part_that_somebody_changed_since()
    {
        List<Recorded> inForce =
        [
            Record(StepKinds.Profile, "i-1", new Shape(Profile: "arn:own"), new Shape(Profile: "arn:empty")),
            Record(StepKinds.Isolate, "eni-0", Shape.OfGroups(["sg-a"]), Shape.OfGroups(["sg-contain"]) with { Via = ["sg-open"] }),
        ];
        var view = new VmView(Vm(["sg-x"]), new VmGuards(false, false, "stop", [], new HeldProfile("iip-2", "arn:third")));

        var plan = ReleasePlan.For(view, inForce, force: false, new EnforcementOptions());

        Assert.Contains("eni-0 has [sg-x]", plan.Refused, StringComparison.Ordinal);
        Assert.Contains("profile of i-1 is neither as Watchdog set it (profile arn:empty) nor as it was (profile arn:own)", plan.Refused, StringComparison.Ordinal);
        Assert.Null(ReleasePlan.For(view, inForce, force: true, new EnforcementOptions()).Refused);
    }

    [Fact]
    public void An_interface_that_a_crash_left_between_the_two_groups_was_changed_by_nobody()
    {
        List<Recorded> inForce = [Record(StepKinds.Isolate, "eni-0", Shape.OfGroups(["sg-a"]), Shape.OfGroups(["sg-contain"]) with { Via = ["sg-open"] })];

        Assert.Null(ReleasePlan.For(new VmView(Vm(["sg-open"])), inForce, force: false, new EnforcementOptions()).Refused);
    }

    private static Recorded Record(string kind, string target, Shape before, Shape wanted) => new(kind, target, before, wanted, before, true, DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_plan_for_a_vm_without_a_case_names_no_case()
    {
        var tag = StopPlan.For(Subject(new EnforcementOptions()) with { CaseId = null }).Steps.Single(step => step.Kind == StepKinds.Tag);
        Assert.EndsWith("=(the case's number)", tag.Wanted.Words, StringComparison.Ordinal);
    }

    private static Subject Subject(EnforcementOptions options) => new(Vm(["sg-a"], ["sg-b"]), new VmGuards(false, false, "stop", [], null), 7, [], options);

    private static ListedVm Vm(params string[][] groups) => new(
        "i-1", "running", null, null, "m5.large", 2, "ami-1", "eu-west-1a", "vpc-1", "subnet-1", DateTimeOffset.UnixEpoch, "10.0.0.7", "203.0.113.7", null, "ebs", null,
        new Dictionary<string, string>(), [.. groups.Select((g, i) => new ListedInterface($"eni-{i}", i, g, null))]);
}
