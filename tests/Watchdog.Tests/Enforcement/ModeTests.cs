using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.Tests.Enforcement;

public sealed class ModeTests
{
    [Fact]
    public async Task In_mode_observe_nothing_is_changed_whatever_is_found_and_whoever_confirms()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Observe"));
        var of = await world.AddCaseAsync();

        await world.SettleAsync();
        await world.AskAsync(RequestKinds.Confirm, of, new RequestPayload("looks right"));

        Assert.Empty(world.Ec2.Changes);
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(ActStates.Observed, Assert.Single(whole.Acts).State);
        Assert.Equal(Rulings.TruePositive, Assert.Single(whole.Rulings).Ruling);
    }

    [Fact]
    public async Task In_mode_observe_even_an_act_from_before_rests()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Observe"));
        await world.AddCaseAsync();
        await world.Database.ExecuteAsync("update act set state = 'admitted'");

        var report = await world.RunAsync();

        Assert.Equal(1, report.Waiting);
        Assert.Empty(world.Ec2.Calls);
    }

    [Fact]
    public async Task In_mode_propose_an_act_waits_for_a_person_and_begins_when_one_confirms()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        var of = await world.AddCaseAsync();
        await world.SettleAsync();
        Assert.Empty(world.Ec2.Changes);

        await world.AskAsync(RequestKinds.Confirm, of, new RequestPayload("seen the process list"));

        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(CaseStates.Confirmed, whole.Case.State);
        Assert.Equal("ann", whole.Acts[0].ApprovedBy);
    }

    [Theory]
    [InlineData("false_positive", "refused")]
    [InlineData("benign_positive", "refused")]
    [InlineData("duplicate", "done")]
    public async Task A_confirmation_with_another_ruling_approves_nothing(string ruling, string answer)
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        var of = await world.AddCaseAsync();
        await world.SettleAsync();

        var told = await world.AskAsync(RequestKinds.Confirm, of, new RequestPayload("looked at it", ruling));

        Assert.Equal(answer, told.State);
        Assert.Empty(world.Ec2.Changes);
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal((CaseStates.Open, ActStates.Proposed), (whole.Case.State, whole.Acts[0].State));
    }

    [Fact]
    public async Task The_kill_switch_is_read_before_every_call()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: [["sg-a"], ["sg-b"]]);
        world.Ec2.After = (_, name) =>
        {
            if (name == "tag")
            {
                Brake.SetAsync(world.Database.Source, true, "stop it", "ann", world.Now, default).GetAwaiter().GetResult();
            }
        };

        await world.RunAsync();
        await world.RunAsync();

        Assert.Single(world.Ec2.Changes);
        Assert.Equal(ActStates.Executing, (await world.ShowAsync(of.Id)).Acts[0].State);
        await Brake.SetAsync(world.Database.Source, false, "go on", "ann", world.Now, default);
        await world.SettleAsync();
        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(of.Id)).Case.State);
        Assert.Equal(2, await world.Database.ScalarAsync<long>("select count(*) from audit where what in ('brake.on', 'brake.off')"));
    }

    [Fact]
    public async Task A_kill_switch_that_cannot_be_read_is_on()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        await world.Database.ExecuteAsync("delete from brake");

        await world.SettleAsync();

        Assert.Empty(world.Ec2.Changes);
        Assert.Contains("the brake's row is missing", (await world.ShowAsync(of.Id)).Acts[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_goes_through_while_the_brake_is_on()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: ["sg-a"]);
        await world.RunAsync();
        await Brake.SetAsync(world.Database.Source, true, "wrong verdicts", "ann", world.Now, default);

        await world.AskAsync(RequestKinds.Release, of, new RequestPayload("innocent"));

        Assert.Equal(["sg-a"], world.Ec2["i-1"].Interfaces[0].Groups);
    }
}
