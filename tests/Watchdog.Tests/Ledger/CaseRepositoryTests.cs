using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Ledger;

public sealed class CaseRepositoryTests
{
    [Fact]
    public async Task Cases_are_listed_newest_first_and_narrowed_by_every_filter()
    {
        await using var world = await World.CreateAsync();
        var first = await world.AddCaseAsync("i-1", FindingClass.Miner, "alice");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await world.AddCaseAsync("i-2", FindingClass.Panic, "bob");
        await world.AskAsync(RequestKinds.Release, first, new RequestPayload("innocent"));

        Assert.Equal([second.Id, first.Id], await IdsAsync(new CaseFilter()));
        Assert.Equal([second.Id], await IdsAsync(new CaseFilter(Open: true)));
        Assert.Equal([first.Id], await IdsAsync(new CaseFilter(Open: false)));
        Assert.Equal([first.Id], await IdsAsync(new CaseFilter(State: CaseStates.Released)));
        Assert.Equal([second.Id], await IdsAsync(new CaseFilter(Class: "panic")));
        Assert.Equal([first.Id], await IdsAsync(new CaseFilter(Owner: "alice")));
        Assert.Equal([second.Id], await IdsAsync(new CaseFilter(InstanceId: "i-2")));
        Assert.Equal([second.Id], await IdsAsync(new CaseFilter(Since: second.OpenedAt)));
        Assert.Equal([second.Id], await IdsAsync(new CaseFilter(Limit: 1)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => IdsAsync(new CaseFilter(Limit: 0)));

        async Task<long[]> IdsAsync(CaseFilter filter) => [.. (await world.Cases.ListAsync(filter, default)).Select(c => c.Id)];
    }

    [Fact]
    public async Task No_case_is_null_and_a_case_comes_whole()
    {
        await using var world = await World.CreateAsync();
        Assert.Null(await world.Cases.ShowAsync(1, default));
        var of = await world.AddCaseAsync();
        await world.RunAsync();
        await world.AskAsync(RequestKinds.Confirm, of, new RequestPayload("seen xmrig"));

        var whole = await world.ShowAsync(of.Id);

        Assert.Equal("miner at 0.99", LedgerJson.Read<Finding>(Assert.Single(whole.Episodes).FindingJson).Reason);
        Assert.Single(whole.Acts);
        Assert.Equal(5, whole.Steps.Count);
        Assert.Equal("done", Assert.Single(whole.Requests).State);
        Assert.Equal(("true_positive", "ann", "seen xmrig"), (whole.Rulings[0].Ruling, whole.Rulings[0].Actor, whole.Rulings[0].Reason));
        Assert.Contains(whole.Audit, a => a.What == "case.confirmed");
        Assert.Equal(CaseStates.Confirmed, whole.Case.State);
    }
}
