using Watchdog.Detectors.Abuse;
using Watchdog.Detectors.Facts;
using Watchdog.Enforcement;
using Watchdog.Enforcement.Plans;
using Watchdog.Enforcement.Restraining;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Enforcement.Plans;

public sealed class RestrainPlanTests
{
    private static readonly GuestProcess Spinner = new(4242, 1, 1000, "server", "/srv/app/server", "./server", 32_400, 32_300, 1, 100_000, false, "other", 184_467);

    [Fact]
    public void A_runaway_is_capped_and_its_release_lifts_exactly_that()
    {
        var plan = Of(new Culprit(Spinner, false));

        var step = Assert.Single(plan.Steps);
        Assert.Equal((StepKinds.Restrain, "i-1/4242/184467", "ssm:SendCommand"), (step.Kind, step.Target, step.IamAction));
        Assert.Equal(new Restraint(4242, 184_467, "cap", 20, false, "server"), step.Wanted.Restraint);
        Assert.Equal("lift", step.Undo!.Restraint!.Action);
        Assert.Contains("process 4242", plan.Summary, StringComparison.Ordinal);
        Assert.Contains("capped at 20 % of one core", plan.Summary, StringComparison.Ordinal);
        Assert.Empty(plan.NotBroughtBack);
        Recorded[] inForce = [new(step.Kind, step.Target, step.Before, step.Wanted, step.Undo!, true, DateTimeOffset.UnixEpoch)];
        var release = ReleasePlan.For(new VmView(Vm()), inForce, force: false, new EnforcementOptions());
        Assert.Null(release.Refused);
        var lift = Assert.Single(release.Steps);
        Assert.Equal(step.Wanted.Restraint! with { Action = "lift" }, lift.Wanted.Restraint);
    }

    [Fact]
    public void Two_processes_of_a_vm_are_lifted_both()
    {
        var plans = new[] { Spinner, Spinner with { Pid = 4243 } }.Select(process => Of(new Culprit(process, false)).Steps[0]);
        var release = ReleasePlan.For(
            new VmView(Vm()), [.. plans.Select(s => new Recorded(s.Kind, s.Target, s.Before, s.Wanted, s.Undo!, true, DateTimeOffset.UnixEpoch))], false, new());

        Assert.Equal([4243, 4242], release.Steps.Select(step => step.Wanted.Restraint!.Pid));
    }

    [Fact]
    public void A_process_is_ended_only_where_the_settings_say_so_and_the_plan_names_what_is_lost()
    {
        var plan = Of(new Culprit(Spinner, false), new RestrainOptions { End = true });

        Assert.Equal(["evidence", "restrain"], plan.Steps.Select(step => step.Kind));
        Assert.Equal("end", plan.Steps[1].Wanted.Restraint!.Action);
        Assert.Null(plan.Steps[1].Undo);
        Assert.Contains("process 4242", Assert.Single(plan.NotBroughtBack), StringComparison.Ordinal);
    }

    [Fact]
    public void A_crowd_is_capped_even_then()
    {
        var step = Assert.Single(Of(new Culprit(Spinner, true), new RestrainOptions { End = true, CpuPercent = 5 }).Steps);

        Assert.Equal(new Restraint(4242, 184_467, "cap", 5, true, "server"), step.Wanted.Restraint);
        Assert.NotNull(step.Undo);
    }

    [Fact]
    public void Whoever_cannot_be_named_or_reached_is_refused_with_the_reason()
    {
        Assert.Contains("names no process", Of(null).Refused, StringComparison.Ordinal);
        Assert.Contains("when process 4242 began", Of(new Culprit(Spinner with { StartTicks = null }, false)).Refused, StringComparison.Ordinal);
        Assert.Contains("never touched", Of(new Culprit(Spinner with { Pid = 1 }, true)).Refused, StringComparison.Ordinal);
        foreach (var agent in (AgentState[])[AgentState.ConnectionLost, AgentState.Unmanaged, AgentState.Unknown])
        {
            Assert.Contains("SSM agent does not answer", Of(new Culprit(Spinner, false), agent: agent).Refused, StringComparison.Ordinal);
        }

        Assert.Contains("is stopped", Of(new Culprit(Spinner, false), vm: Vm() with { State = "stopped" }).Refused, StringComparison.Ordinal);
        var member = Vm() with { Tags = new Dictionary<string, string> { [ContainmentGroups.AutoScalingTag] = "workers" } };
        Assert.Contains("Auto Scaling group workers", Of(new Culprit(Spinner, false), vm: member).Refused, StringComparison.Ordinal);
    }

    private static Plan Of(Culprit? culprit, RestrainOptions? options = null, AgentState agent = AgentState.Online, ListedVm? vm = null) => RestrainPlan.For(
        new Subject(vm ?? Vm(), new VmGuards(false, false, "stop", [], null), 7, [], new EnforcementOptions()), culprit, agent, options ?? new RestrainOptions());

    private static ListedVm Vm() => new(
        "i-1", "running", null, null, "m5.large", 2, "ami-1", "eu-west-1a", "vpc-1", "subnet-1", DateTimeOffset.UnixEpoch, "10.0.0.7", null, null, "ebs", null,
        new Dictionary<string, string>(), [new ListedInterface("eni-0", 0, ["sg-a"], null)]);
}
