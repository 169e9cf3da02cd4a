using Watchdog.Enforcement;
using Watchdog.Ledger;

namespace Watchdog.Tests.Enforcement;

public sealed class LeaseTests
{
    [Fact]
    public async Task A_zombie_calls_nothing_and_writes_nothing()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        var zombie = await world.TakeAsync();
        await world.TakeAsync();
        var before = await CountAsync(world);

        var report = await world.Get<ActuatorRun>().RunAsync(world.Scope, zombie, default);

        Assert.True(report.Fenced);
        Assert.Empty(world.Ec2.Changes);
        Assert.Equal(before, await CountAsync(world));
        Assert.Equal(ActStates.Proposed, (await world.ShowAsync(of.Id)).Acts[0].State);
    }

    [Fact]
    public async Task A_run_that_loses_its_lease_between_two_steps_starts_no_further_call_and_its_heir_finishes()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: [["sg-a"], ["sg-b"]]);
        world.Ec2.After = (_, name) =>
        {
            if (name == "tag")
            {
                world.TakeAsync().GetAwaiter().GetResult();
            }
        };

        var report = await world.RunAsync();

        Assert.True(report.Fenced);
        Assert.Single(world.Ec2.Changes);
        Assert.Equal(["sg-a"], world.Ec2["i-1"].Interfaces[0].Groups);
        world.Ec2.After = null;
        await world.SettleAsync();
        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(of.Id)).Case.State);
        Assert.Equal(6, world.Ec2.Changes.Count);
    }

    private static Task<long> CountAsync(World world) =>
        world.Database.ScalarAsync<long>(
            """
            select (select count(*) from event) + (select count(*) from audit) + (select count(*) from step)
              + (select sum(version) from case_file)::bigint
            """);
}
