using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Policy;

public sealed class BatchTests
{
    private static readonly PolicyOptions Options = new() { BatchVms = 3 };

    [Fact]
    public async Task From_the_fifth_plateau_on_one_owners_cases_stand_under_the_first_and_wait_for_a_person()
    {
        await using var world = await World.CreateAsync(("Policy:BatchVms", "5"));
        for (var i = 1; i <= 5; i++)
        {
            await world.AddCaseAsync($"i-{i}");
            world.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        await world.AddCaseAsync("i-other", owner: "bob");
        var all = await world.Cases.ListAsync(new CaseFilter(Folded: false), default);
        var lead = all.Single(of => of.InstanceId == "i-1");
        Assert.Equal(4, lead.Followers);
        Assert.Equal(["i-2", "i-3", "i-4", "i-5"], all.Where(of => of.LeadCase == lead.Id).Select(of => of.InstanceId).Order());
        Assert.Equal(["i-1", "i-other"], (await world.Cases.ListAsync(new CaseFilter(), default)).Select(of => of.InstanceId).Order());
        Assert.Single(await world.Cases.ListAsync(new CaseFilter(InstanceId: "i-3"), default));

        await world.SettleAsync();
        Assert.Equal(["i-other"], (await world.Cases.ListAsync(new CaseFilter(State: CaseStates.Contained, Folded: false), default)).Select(of => of.InstanceId));
        foreach (var of in all.Where(of => of.Owner == "alice"))
        {
            var act = Assert.Single((await world.ShowAsync(of.Id)).Acts);
            Assert.True(act.NeedsPerson);
            Assert.Equal(ActStates.Proposed, act.State);
            Assert.Contains($"see case {lead.Id}", act.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Four_plateaus_are_four_matters_and_so_are_five_that_began_hours_apart()
    {
        await using var world = await World.CreateAsync(("Policy:BatchVms", "5"));
        for (var i = 1; i <= 4; i++)
        {
            await world.AddCaseAsync($"i-{i}");
        }

        world.Clock.Advance(TimeSpan.FromMinutes(61));
        await world.AddCaseAsync("i-5");
        Assert.All(await world.Cases.ListAsync(new CaseFilter(Folded: false), default), of => Assert.Null(of.LeadCase));
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from act where needs_person"));
    }

    [Fact]
    public async Task Dead_kernels_of_one_owner_are_no_batch_of_plateaus()
    {
        await using var world = await World.CreateAsync(("Policy:BatchVms", "2"));
        await world.AddCaseAsync("i-1", FindingClass.Panic);
        await world.AddCaseAsync("i-2", FindingClass.Panic);
        Assert.All(await world.Cases.ListAsync(new CaseFilter(Folded: false), default), of => Assert.Null(of.LeadCase));
    }

    [Fact]
    public async Task A_latecomer_joins_the_batch_that_is_there()
    {
        await using var world = await World.CreateAsync(("Policy:BatchVms", "2"));
        await world.AddCaseAsync("i-1");
        await world.AddCaseAsync("i-2", FindingClass.Runaway);
        await world.AddCaseAsync("i-3");
        var lead = Assert.Single(await world.Cases.ListAsync(new CaseFilter(), default));
        Assert.Equal(("i-1", 2), (lead.InstanceId, lead.Followers));
    }

    [Fact]
    public void Only_those_that_began_within_one_window_with_it_count()
    {
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        BatchMember[] near = [new(1, noon.AddMinutes(-55), null), new(2, noon, null), new(3, noon.AddMinutes(50), null)];
        Assert.Empty(Batches.Together(near, noon, Options));
        Assert.Equal([2L, 3L, 4L], Batches.Together([.. near, new(4, noon.AddMinutes(60), null)], noon, Options).Select(member => member.CaseId));
        Assert.Empty(Batches.Together([near[1], near[1], near[2]], noon, Options));
    }
}
