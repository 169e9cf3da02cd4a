using Watchdog.Ledger;

namespace Watchdog.Tests.Enforcement;

public sealed class RuleRequestTests
{
    public static TheoryData<string> All => [.. Rulings.All];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Any_ruling_is_recorded_alone_also_on_a_closed_case(string ruling)
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        await world.SettleAsync();
        await world.AskAsync(RequestKinds.Release, of, new("over"));
        var (before, calls) = (await world.ShowAsync(of.Id), world.Ec2.Changes.Count);

        var answer = await world.AskAsync(RequestKinds.Rule, of, new("looked again", ruling), before.Case.Version);

        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(("done", $"the ruling {ruling} is recorded; the case stays released."), (answer.State, answer.Outcome));
        Assert.Equal((ruling, "ann", "looked again"), (whole.Rulings[^1].Ruling, whole.Rulings[^1].Actor, whole.Rulings[^1].Reason));
        Assert.Equal((before.Case.Version + 1, calls, before.Acts.Count), (whole.Case.Version, world.Ec2.Changes.Count, whole.Acts.Count));
        Assert.Equal(before.Case.ClosedAt, whole.Case.ClosedAt);
    }

    [Theory]
    [InlineData("true_positive", null, "; the case stays contained, and its clock has stopped.")]
    [InlineData("indeterminate", 24, "; the case stays contained, escalates at ")]
    [InlineData("duplicate", 20, "; the case stays contained, escalates at ")]
    [InlineData("false_positive", 20, "; the case stays contained: nothing was undone, ask for a release to undo it.")]
    public async Task What_it_makes_of_a_contained_cases_clock(string ruling, int? hours, string rest)
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        await world.SettleAsync();
        var clock = (await world.ShowAsync(of.Id)).Case.Clock!;
        world.Clock.AdvanceTo(clock.At.AddHours(-20));
        var asked = world.Now;

        var answer = await world.AskAsync(RequestKinds.Rule, of, new("why", ruling));

        var now = (await world.ShowAsync(of.Id)).Case;
        Assert.Contains(rest, answer.Outcome, StringComparison.Ordinal);
        Assert.Equal((CaseStates.Contained, hours is { } left ? asked.AddHours(left) : null), (now.State, now.Clock?.At));
        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
    }

    [Fact]
    public async Task Of_two_who_rule_at_once_the_second_has_to_look_again()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        var (of, inbox) = (await world.AddCaseAsync(), world.Get<RequestInbox>());
        await inbox.AskAsync(null, RequestKinds.Rule, "ann", of.Id, of.Version, new("a miner", "true_positive"), world.Now, default);
        await inbox.AskAsync(null, RequestKinds.Rule, "bob", of.Id, of.Version, new("a course", "benign_positive"), world.Now, default);

        await world.SettleAsync();

        Assert.Equal("true_positive", Assert.Single((await world.ShowAsync(of.Id)).Rulings).Ruling);
        Assert.Equal("refused", (await inbox.FindAsync(2, default))!.State);
    }
}
