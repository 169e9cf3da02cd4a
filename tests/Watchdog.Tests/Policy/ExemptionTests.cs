using Npgsql;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Policy;

public sealed class ExemptionTests
{
    [Theory]
    [InlineData("vm", "i-1", true)]
    [InlineData("owner", "alice", true)]
    [InlineData("image", "ami-1", true)]
    [InlineData("tag", "team=chain=lab", true)]
    [InlineData("vm", "i-2", false)]
    [InlineData("owner", "i-1", false)]
    [InlineData("image", "ami-2", false)]
    [InlineData("tag", "team=chain", false)]
    [InlineData("tag", "tea=m", false)]
    public async Task It_covers_whom_it_names_and_nobody_else(string kind, string subject, bool covers)
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        var vm = await world.AddVmAsync("i-1");
        await world.Database.ExecuteAsync("update vm set image_id = 'ami-1', tags = '{\"team\": \"chain=lab\"}' where instance_id = 'i-1'");
        await world.ExemptAsync(kind, subject, "course", world.Now, world.Now.AddDays(3));

        await world.ApplyAsync(await world.EpisodeAsync(vm));

        var act = Assert.Single((await world.ShowAsync(1)).Acts);
        Assert.Equal(covers ? ActStates.Refused : ActStates.Proposed, act.State);
        Assert.Equal(covers, act.Detail!.StartsWith($"{kind} {subject} is exempt until", StringComparison.Ordinal));
        Assert.Equal(covers ? 1 : 0, (await world.Get<ExemptionBook>().ListAsync(false, world.Now, default))[0].Matches);
    }

    [Fact]
    public async Task One_that_a_person_ended_covers_nobody_and_its_audit_says_who_and_why()
    {
        await using var world = await World.CreateAsync();
        var book = world.Get<ExemptionBook>();
        var id = await world.ExemptAsync("owner", "alice", "course", world.Now, world.Now.AddDays(3));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await book.EndAsync(id, "the course is over", "bob", world.Now, default));
        Assert.False(await book.EndAsync(id, "again", "bob", world.Now, default));
        Assert.Empty(await book.ListAsync(false, world.Now, default));
        Assert.Equal(world.Now, Assert.Single(await book.ListAsync(true, world.Now, default)).EndedAt);

        await world.ReportShardsAsync();
        await world.AddCaseAsync();
        await world.RunAsync();

        Assert.NotEmpty(world.Ec2.Changes);
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select count(*) from audit where what = 'exemption.ended' and actor = 'bob' and data ->> 'reason' = 'the course is over'"));
    }

    [Fact]
    public async Task A_table_of_exemptions_that_cannot_be_read_means_no_act()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync("i-1");
        var second = await world.EpisodeAsync(await world.AddVmAsync("i-2", "bob"));
        await world.Database.ExecuteAsync("alter table exemption rename to exemption_away");

        await Assert.ThrowsAsync<PostgresException>(() => world.ApplyAsync(second));
        await Assert.ThrowsAsync<PostgresException>(() => world.RunAsync());
        Assert.Empty(world.Ec2.Changes);
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select count(*) from act where state = 'proposed'"));
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select count(*) from act"));

        await world.Database.ExecuteAsync("alter table exemption_away rename to exemption");
        await world.ApplyAsync(second);
        await world.SettleAsync();
        Assert.NotEmpty(world.Ec2.Changes);
    }

    [Fact]
    public async Task The_stale_ones_are_told_with_why()
    {
        await using var world = await World.CreateAsync();
        var (book, now) = (world.Get<ExemptionBook>(), world.Now);
        await world.AddVmAsync("i-1");
        await world.ExemptAsync("vm", "i-1", "soon", now.AddDays(-1), now.AddDays(2));
        await world.ExemptAsync("vm", "i-9", "gone", now.AddDays(-1), now.AddDays(30));
        await world.ExemptAsync("owner", "alice", "never", now.AddDays(-20), now.AddDays(30));
        await world.ExemptAsync("owner", "bob", "over", now.AddDays(-20), now.AddDays(-2));
        await world.ExemptAsync("owner", "long gone", "old", now.AddDays(-60), now.AddDays(-30));
        var used = await world.ExemptAsync("owner", "carol", "used", now.AddDays(-20), now.AddDays(30));
        await world.Database.ExecuteAsync("insert into exemption_match (exemption_id, instance_id, at) values ($1, 'i-1', $2)", used, now.AddDays(-3));

        var stale = await book.StaleAsync(TimeSpan.FromDays(7), now, default);

        Assert.Equal(
            [("over", "has ended: what it covered is judged again"), ("soon", "is about to end"), ("gone", "its VM is gone, or was never seen"), ("never", "has kept no VM from an act")],
            stale.Select(row => (row.Exemption.Reason, row.Why)));
    }

    [Fact]
    public async Task A_hold_keeps_nobody_from_a_verdict_of_abuse()
    {
        await using var world = await World.CreateAsync();
        var book = world.Get<HoldBook>();
        var id = await book.AddAsync("i-1", "demo day", "ann", world.Now, world.Now.AddDays(1), default);
        await world.AddCaseAsync();
        await world.RunAsync();
        Assert.NotEmpty(world.Ec2.Changes);

        Assert.Equal("i-1", Assert.Single(await book.ListAsync(false, world.Now, default)).InstanceId);
        Assert.True(await book.EndAsync(id, "over", "ann", world.Now.AddMinutes(1), default));
        Assert.Empty(await book.ListAsync(false, world.Now, default));
        Assert.Equal(2, await world.Database.ScalarAsync<long>("select count(*) from audit where what in ('hold.added', 'hold.ended')"));
    }
}
