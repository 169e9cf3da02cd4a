using Watchdog.Ledger;
using Watchdog.Ledger.Appeals;
using Watchdog.Policy.Deadlines;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Policy.Deadlines;

/// <summary>The clock that an owner's objection starts.</summary>
public sealed class AppealClockTests
{
    [Fact]
    public async Task An_appeal_on_which_nobody_rules_in_time_tells_people_once()
    {
        await using var world = await World.CreateAsync();
        var of = await AppealedAsync(world);
        world.Clock.Advance(TimeSpan.FromHours(3.9));
        await world.RunAsync();
        Assert.Equal(0, await DueAsync(world));

        world.Clock.Advance(TimeSpan.FromHours(0.2));
        await world.RunAsync();
        await world.RunAsync();
        Assert.Equal((1L, world.Now), (await DueAsync(world), (await world.ShowAsync(of.Id)).Appeal!.FiredAt));
        Assert.Equal(0, await world.Get<ClockRun>().RunAsync((short)(world.Scope.Id + 1), await world.TakeAsync(), world.Now.AddDays(9), default));
    }

    [Theory]
    [InlineData(RequestKinds.Confirm, null)]
    [InlineData(RequestKinds.Confirm, Rulings.Indeterminate)]
    [InlineData(RequestKinds.Release, Rulings.FalsePositive)]
    [InlineData(RequestKinds.Release, null)]
    public async Task A_ruling_a_release_and_a_confirmation_stop_the_clock(string kind, string? ruling)
    {
        await using var world = await World.CreateAsync();
        var of = await AppealedAsync(world);
        await world.AskAsync(kind, of, new RequestPayload("looked at it", ruling));
        Assert.Equal(ruling is null && kind == RequestKinds.Release ? AppealEnds.Released : AppealEnds.Ruled, (await world.ShowAsync(of.Id)).Appeal!.Ended);
        world.Clock.Advance(TimeSpan.FromHours(5));
        await world.RunAsync();
        Assert.Equal(0, await DueAsync(world));
    }

    [Fact]
    public async Task An_owner_who_objects_to_a_confirmed_case_is_heard_all_the_same()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        await world.SettleAsync();
        await world.AskAsync(RequestKinds.Confirm, of, new RequestPayload("a miner"));
        await ObjectAsync(world, of);
        world.Clock.Advance(TimeSpan.FromHours(5));
        await world.RunAsync();
        Assert.Equal(1, await DueAsync(world));
    }

    private static async Task<CaseRecord> AppealedAsync(World world)
    {
        var of = await world.AddCaseAsync();
        await world.SettleAsync();
        await ObjectAsync(world, of);
        return of;
    }

    private static async Task ObjectAsync(World world, CaseRecord of)
    {
        await using var connection = await world.Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        Assert.True(await AppealTable.AddAsync(connection, transaction, of, "mine", "its owner", world.Now, world.Now.AddHours(4), default));
        await transaction.CommitAsync();
    }

    private static Task<long> DueAsync(World world) => world.Database.ScalarAsync<long>("select count(*) from event where kind = 'case.appeal_due'");
}
