using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Storage;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Policy;

public sealed class AdmissionTests
{
    [Fact]
    public async Task Racing_admissions_together_never_exceed_a_cap()
    {
        await using var world = await World.CreateAsync(("Policy:Caps:PerFiveMinutes", "7"));
        for (var i = 0; i < 20; i++)
        {
            await world.AddCaseAsync($"i-{i}", owner: $"owner-{i}");
        }

        var fences = new List<Fence>();
        for (var i = 0; i < 6; i++)
        {
            fences.Add(await Leases.TakeAsync(world.Database.Source, [$"actuator:{100 + i}"], "node", world.Now, default));
        }

        var admitted = await Task.WhenAll(fences.Select(f => Task.Run(() => world.Get<Admission>().AdmitAsync(f, world.Now, default))));

        Assert.Equal(7, admitted.Sum());
        Assert.Equal(7, await world.Database.ScalarAsync<long>("select count(*) from act where state = 'admitted'"));
    }

    [Fact]
    public async Task What_a_cap_holds_is_told_once_and_begins_when_there_is_room()
    {
        await using var world = await World.CreateAsync(("Policy:Caps:PerFiveMinutes", "1"));
        await world.AddCaseAsync("i-1", FindingClass.Runaway, "a");
        var second = await world.AddCaseAsync("i-2", FindingClass.Miner, "b");
        await world.RunAsync();
        await world.RunAsync();
        await world.RunAsync();

        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(second.Id)).Case.State);
        Assert.Equal("running", world.Ec2["i-1"].State);
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select count(*) from event where kind = 'act.held'"));

        world.Clock.Advance(TimeSpan.FromMinutes(6));
        await world.SettleAsync();
        Assert.Equal("stopped", world.Ec2["i-1"].State);
    }

    [Fact]
    public async Task Until_a_scope_has_been_watched_for_seven_days_acts_are_only_proposed_unless_the_operator_says_otherwise()
    {
        await using var cautious = await World.CreateAsync();
        await cautious.Database.ExecuteAsync("update scope_coverage set from_at = $1", cautious.Now.AddDays(-6));
        await cautious.AddCaseAsync();
        await cautious.SettleAsync();
        Assert.Empty(cautious.Ec2.Changes);
        Assert.Equal(1, await cautious.Database.ScalarAsync<long>(
            "select count(*) from act where state = 'proposed' and detail like '%watched for less%'"));

        cautious.Clock.Advance(TimeSpan.FromDays(1.1));
        await cautious.SettleAsync();
        Assert.NotEmpty(cautious.Ec2.Changes);

        await using var bold = await World.CreateAsync(("Policy:MinimumHistory", "00:00:00"));
        await bold.Database.ExecuteAsync("update scope_coverage set from_at = $1", bold.Now);
        await bold.AddCaseAsync();
        await bold.SettleAsync();
        Assert.NotEmpty(bold.Ec2.Changes);
    }

    [Fact]
    public async Task Nothing_begins_before_all_64_shards_have_reported_lately()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(16));
        await world.ReportShardsAsync(63);

        await world.RunAsync();
        Assert.Empty(world.Ec2.Changes);
        Assert.StartsWith("not every shard has reported", (await world.ShowAsync(of.Id)).Acts[0].Detail, StringComparison.Ordinal);

        await world.ReportShardsAsync(64);
        await world.RunAsync();
        Assert.NotEmpty(world.Ec2.Changes);
    }

    [Fact]
    public async Task Reports_of_a_clock_that_jumped_ahead_and_back_are_no_reports()
    {
        await using var world = await World.CreateAsync();
        await world.Database.ExecuteAsync("update shard_run set at = at + interval '1 day'");
        await world.AddCaseAsync();
        await world.RunAsync();
        Assert.Empty(world.Ec2.Changes);

        await world.ReportShardsAsync();
        await world.RunAsync();
        Assert.NotEmpty(world.Ec2.Changes);
    }

    [Fact]
    public async Task A_fleet_that_is_mostly_without_data_begins_no_act_even_when_a_person_has_turned_the_brake_off()
    {
        await using var world = await World.CreateAsync();
        await world.Database.ExecuteAsync("update shard_run set seen = 1000, judged = 499, unknown = 501");
        await world.AddCaseAsync();
        await world.RunAsync();
        Assert.Equal("judged", (await Brake.ReadAsync(world.Database.Source, default)).Cause);
        await Brake.SetAsync(world.Database.Source, false, "CloudWatch is slow", "ann", world.Now, default);
        await world.RunAsync();
        Assert.Empty(world.Ec2.Changes);
        Assert.StartsWith("under half", await world.Database.ScalarAsync<string>("select detail from act"), StringComparison.Ordinal);

        await world.Database.ExecuteAsync("update shard_run set judged = 500, unknown = 500");
        await world.RunAsync();
        Assert.NotEmpty(world.Ec2.Changes);
    }

    [Fact]
    public async Task An_exemption_made_after_the_proposal_holds_it_until_it_ends()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync("i-1", owner: "alice");
        await world.Database.ExecuteAsync(
            "insert into exemption (kind, subject, reason, author, from_at, until_at) values ('owner', 'alice', 'course', 'ann', $1, $2)",
            world.Now.AddDays(-1), world.Now.AddHours(1));
        await world.SettleAsync();
        Assert.Empty(world.Ec2.Changes);

        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.SettleAsync();
        Assert.NotEmpty(world.Ec2.Changes);
    }

    [Fact]
    public async Task What_was_observed_is_proposed_once_the_mode_is_raised()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync();
        await world.Database.ExecuteAsync("update act set state = 'observed'; delete from shard_run");
        await world.RunAsync();
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select count(*) from act where state = 'proposed'"));

        await world.SettleAsync();
        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
    }
}
