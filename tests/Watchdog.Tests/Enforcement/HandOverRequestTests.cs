using Watchdog.Ledger;

namespace Watchdog.Tests.Enforcement;

public sealed class HandOverRequestTests
{
    [Fact]
    public async Task A_case_is_handed_over_with_a_note_found_by_its_new_hands_and_nothing_is_done()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        var of = await world.AddCaseAsync();
        await world.AddCaseAsync("i-2", owner: "bob");

        var answer = await world.AskAsync(RequestKinds.HandOver, of, new("look at the pool, please", Assignee: " team-abuse "), of.Version);

        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(("done", "case 1 is team-abuse's now."), (answer.State, answer.Outcome));
        Assert.Equal(("team-abuse", of.Version + 1, CaseStates.Open), (whole.Case.Assignee, whole.Case.Version, whole.Case.State));
        Assert.Contains(whole.Audit, line => line is { What: "case.handed_over", Actor: "ann" } && line.DataJson.Contains("to team-abuse: look at the pool, please", StringComparison.Ordinal));
        Assert.Equal(["i-1"], await VmsAsync("team-abuse"));
        Assert.Equal(["i-2"], await VmsAsync(""));
        Assert.Empty(world.Ec2.Changes);

        Assert.Equal("team-abuse has case 1 already.", (await world.AskAsync(RequestKinds.HandOver, of, new("again", Assignee: "team-abuse"))).Outcome);
        await world.AskAsync(RequestKinds.HandOver, of, new("yours", Assignee: "carol"));
        Assert.Contains((await world.ShowAsync(of.Id)).Audit, line => line.DataJson.Contains("from team-abuse to carol: yours", StringComparison.Ordinal));

        async Task<string[]> VmsAsync(string assignee) =>
            [.. (await world.Cases.ListAsync(new CaseFilter { Assignee = assignee }, default)).Select(one => one.InstanceId)];
    }

    [Fact]
    public async Task A_closed_case_is_not_handed_over()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        var of = await world.AddCaseAsync();
        await world.AskAsync(RequestKinds.Release, of, new("over"));

        Assert.Equal("case 1 is released: nothing is left to hand over.", (await world.AskAsync(RequestKinds.HandOver, of, new("n", Assignee: "carol"))).Outcome);
    }
}
