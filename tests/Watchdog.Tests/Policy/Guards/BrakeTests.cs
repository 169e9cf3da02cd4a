using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Policy.Guards;

/// <summary>The brake as the admitting transaction turns it.</summary>
public sealed class BrakeTests
{
    [Fact]
    public async Task A_wave_of_candidates_turns_it_on_before_any_of_them_begins_and_says_so_everywhere()
    {
        await using var world = await World.CreateAsync(("Policy:Brake:CandidatesFloor", "5"), ("Policy:Brake:CandidatesFactor", "1"));
        for (var i = 0; i < 6; i++)
        {
            await world.AddCaseAsync($"i-{i}", FindingClass.Panic, $"owner-{i}");
        }

        await world.SettleAsync();

        Assert.Empty(world.Ec2.Changes);
        var brake = await Brake.ReadAsync(world.Database.Source, default);
        Assert.Equal((true, Audit.Machine, "candidates"), (brake.IsOn, brake.Actor, brake.Cause));
        Assert.StartsWith("6 new cases for an act in an hour; in 95 of 100 hours there were at most 0, and the limit is 5", brake.Reason, StringComparison.Ordinal);
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select count(*) from event where kind = 'brake.on'"));
        Assert.Equal(6, await world.Database.ScalarAsync<long>("select count(*) from act where state = 'proposed' and detail like 'the brake is on: 6 new cases%'"));

        // It stays on when the wave is over, until a person turns it off; that person is not asked again for the same wave.
        world.Clock.Advance(TimeSpan.FromMinutes(30));
        await world.SettleAsync();
        Assert.Empty(world.Ec2.Changes);
        await Brake.SetAsync(world.Database.Source, false, "it is real", "ann", world.Now, default);
        await world.SettleAsync();
        Assert.Equal(6, world.Ec2.Changes.Count(change => change.StartsWith("stop", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_fleet_that_vanished_from_the_listings_turns_it_on_without_any_candidate()
    {
        await using var world = await World.CreateAsync();
        await world.Database.ExecuteAsync("update vm set first_seen = $1", world.Now.AddDays(-9));
        await world.RunAsync();
        Assert.False((await Brake.ReadAsync(world.Database.Source, default)).IsOn);

        await world.Database.ExecuteAsync("update vm set missing_since = $1 where instance_id like '%1' or instance_id like '%2'", world.Now);
        await world.Database.ExecuteAsync("update vm set gone_at = $1 where instance_id like '%3' or instance_id like '%4'", world.Now);
        await world.RunAsync();

        var brake = await Brake.ReadAsync(world.Database.Source, default);
        Assert.Equal((true, "600 VMs are listed, of 1000 an hour and 1000 a day ago: under 70 %"), (brake.IsOn, brake.Reason));
    }

    [Fact]
    public async Task Values_that_are_all_alike_turn_it_on()
    {
        await using var world = await World.CreateAsync();
        await world.Database.ExecuteAsync("update shard_run set screened = 20, modal_cpu = case when shard < 60 then 100 else 0.3 end, modal_vms = 20");
        await world.AddCaseAsync();
        await world.RunAsync();

        Assert.Empty(world.Ec2.Changes);
        Assert.Equal("1200 of 1280 VMs show one and the same CPU of 100 %: 90 % or more", (await Brake.ReadAsync(world.Database.Source, default)).Reason);
    }
}
