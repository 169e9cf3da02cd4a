using Watchdog.Detectors.Findings;
using Watchdog.Enforcement;
using Watchdog.Ledger;

namespace Watchdog.Tests.Enforcement;

/// <summary>What reality does to a plan; the outcomes are the table of docs/operations.md, "When something is odd".</summary>
public sealed class BadInputTests
{
    [Fact]
    public async Task A_vm_that_is_gone_between_its_plan_and_the_act_ends_the_act_and_closes_the_case()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        world.Ec2.Before = (_, name) =>
        {
            if (name == "tag")
            {
                world.Ec2.Alter("i-1", vm => vm with { State = "terminated" });
                throw new ActuatorException(ActuatorError.Gone, "InvalidInstanceID.NotFound", "as told");
            }
        };

        await world.SettleAsync();

        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(ActStates.Failed, whole.Acts[0].State);
        Assert.Contains("the VM is gone", whole.Acts[0].Detail, StringComparison.Ordinal);
        Assert.Equal(CaseStates.Closed, whole.Case.State);
        Assert.Empty(world.Ec2.Changes);
    }

    [Theory]
    [InlineData("sg-open")]
    [InlineData("sg-contain")]
    public async Task A_group_that_is_deleted_between_the_plan_and_the_act_leaves_the_vm_its_own_and_the_case_to_a_person(string deleted)
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: [["sg-a"], ["sg-b"]]);
        world.Ec2.BeforeGroups = groups =>
        {
            if (groups.Contains(deleted))
            {
                throw new ActuatorException(ActuatorError.Configuration, "InvalidGroup.NotFound", $"{deleted} does not exist");
            }
        };

        await world.SettleAsync();

        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(ActStates.Failed, whole.Acts[0].State);
        Assert.Contains($"{deleted} does not exist", whole.Acts[0].Detail, StringComparison.Ordinal);
        Assert.Equal([["sg-a"], ["sg-b"]], world.Ec2["i-1"].Interfaces.Select(card => card.Groups));
        Assert.DoesNotContain(whole.Steps, step => step is { ExposedAt: not null, CoveredAt: null });

        world.Ec2.BeforeGroups = null;
        await world.AskAsync(RequestKinds.Confirm, of, new RequestPayload("the group is there again"));
        Assert.All(world.Ec2["i-1"].Interfaces, card => Assert.Equal(["sg-contain"], card.Groups));
    }

    [Fact]
    public async Task Five_groups_on_each_interface_come_back_all_and_in_their_order()
    {
        await using var world = await World.CreateAsync();
        string[] first = ["sg-5", "sg-1", "sg-4", "sg-2", "sg-3"], second = ["sg-9", "sg-8", "sg-7", "sg-6", "sg-5"];
        var of = await world.AddCaseAsync(groups: [first, second]);
        await world.SettleAsync();
        Assert.All(world.Ec2["i-1"].Interfaces, card => Assert.Equal(["sg-contain"], card.Groups));

        await world.AskAsync(RequestKinds.Release, of, new RequestPayload("done"));

        Assert.Equal([first, second], world.Ec2["i-1"].Interfaces.Select(card => card.Groups));
    }

    [Theory]
    [InlineData("spot", "ebs", "running", false)]
    [InlineData(null, "instance-store", "running", false)]
    [InlineData(null, "ebs", "running", true)]
    // A hibernated VM is a stopped one to EC2.
    [InlineData(null, "ebs", "stopped", false)]
    public async Task What_cannot_be_stopped_and_what_is_hibernated_is_contained_all_the_same_and_released_as_it_was(
        string? lifecycle, string root, string state, bool stopProtected)
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: [["sg-a"]]);
        world.Ec2.Alter("i-1", vm => vm with { Lifecycle = lifecycle, RootDeviceType = root, State = state });
        world.Ec2.AlterGuards("i-1", guards => guards with { StopProtected = stopProtected });
        var before = (world.Ec2.GuardsOf("i-1"), world.Ec2["i-1"].State);

        await world.RunAsync();
        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
        await world.AskAsync(RequestKinds.Release, of, new RequestPayload("done"));

        Assert.Equal(["sg-a"], world.Ec2["i-1"].Interfaces[0].Groups);
        Assert.Equal(before.State, world.Ec2["i-1"].State);
        Assert.Equal(before.Item1.StopProtected, world.Ec2.GuardsOf("i-1").StopProtected);
        Assert.Equal(before.Item1.TerminationProtected, world.Ec2.GuardsOf("i-1").TerminationProtected);
    }

    [Fact]
    public async Task An_owner_who_starts_the_vm_again_at_once_finds_it_stopped_again()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync("i-1", FindingClass.ForkBomb);
        var started = false;
        world.Ec2.After = (_, name) =>
        {
            if (name == "stop" && !started)
            {
                started = true;
                world.Ec2.Alter("i-1", vm => vm with { State = "running" });
            }
        };

        await world.SettleAsync();

        Assert.Equal("stopped", world.Ec2["i-1"].State);
        Assert.Equal(2, world.Ec2.Changes.Count(change => change.StartsWith("stop", StringComparison.Ordinal)));
        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(of.Id)).Case.State);
    }

    [Fact]
    public async Task An_owner_who_starts_a_contained_vm_again_finds_it_contained()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync(groups: [["sg-a"]]);
        await world.RunAsync();
        world.Ec2.Alter("i-1", vm => vm with { State = "stopped" });
        world.Ec2.Alter("i-1", vm => vm with { State = "running" });

        await world.SettleAsync();

        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
    }

    [Fact]
    public async Task Two_classes_on_one_vm_are_one_case_with_two_acts_and_one_release_undoes_both()
    {
        await using var world = await World.CreateAsync();
        var vm = await world.AddVmAsync("i-1", "alice", null, ["sg-a"]);
        await world.ApplyAsync(await world.EpisodeAsync(vm), await world.EpisodeAsync(vm, FindingClass.ForkBomb));

        await world.SettleAsync();

        var of = Assert.Single(await world.Cases.ListAsync(new CaseFilter(InstanceId: "i-1"), default));
        Assert.Equal(["quarantine", "stop"], (await world.ShowAsync(of.Id)).Acts.Select(act => act.Kind).Order());
        Assert.Equal(("stopped", "sg-contain"), (world.Ec2["i-1"].State, Assert.Single(world.Ec2["i-1"].Interfaces[0].Groups)));

        await world.AskAsync(RequestKinds.Release, of, new RequestPayload("done"));

        Assert.Equal(("running", "sg-a"), (world.Ec2["i-1"].State, Assert.Single(world.Ec2["i-1"].Interfaces[0].Groups)));
        Assert.DoesNotContain("watchdog:case", world.Ec2["i-1"].Tags.Keys);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task A_verdict_whose_instant_a_skewed_clock_has_put_far_from_now_lets_nothing_begin(int minutes)
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        await world.Database.ExecuteAsync(
            "update episode set state = jsonb_build_object('state', jsonb_build_object('judgedAt', $1::timestamptz, 'recent', 1))", world.Now.AddMinutes(minutes));

        await world.RunAsync();

        Assert.Contains("it waits for a fresh one", (await world.ShowAsync(of.Id)).Acts[0].Detail, StringComparison.Ordinal);
        Assert.Empty(world.Ec2.Changes);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.SettleAsync();
        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(of.Id)).Case.State);
    }

    [Fact]
    public async Task Ten_minutes_of_throttling_delay_an_act_and_change_nothing_twice()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: [["sg-a"], ["sg-b"]]);
        var end = world.Now.AddMinutes(10);
        world.Ec2.Before = (_, name) =>
        {
            if (world.Now < end)
            {
                throw new ActuatorException(ActuatorError.Throttled, "RequestLimitExceeded", $"{name} as told");
            }
        };

        await world.SettleAsync();

        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(CaseStates.Contained, whole.Case.State);
        Assert.InRange(whole.Acts[0].Attempts, 5, 24);
        Assert.Equal(world.Ec2.Changes.Count, world.Ec2.Changes.Distinct().Count());
    }
}
