using Watchdog.Detectors.Findings;
using Watchdog.Policy;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Policy.Trust;

public sealed class DemotionTests
{
    [Fact]
    public async Task A_detector_that_people_rule_wrong_brakes_everything_once_and_only_proposes_until_they_rule_it_right()
    {
        await using var world = await World.CreateAsync(("Policy:Precision:LeastRulings", "4"));
        await RuleAsync(world, "miner", "false_positive", 2);
        await RuleAsync(world, "miner", "true_positive", 2);
        var miner = await world.AddCaseAsync("i-1");
        await world.AddCaseAsync("i-2", FindingClass.Panic, "bob");
        await world.RunAsync();
        var brake = await Brake.ReadAsync(world.Database.Source, default);
        Assert.Equal((true, "precision", "2 of 4 ruled miner cases were right: 0.50 (0.15 to 0.85), under the floor of 0.8"), (brake.IsOn, brake.Cause, brake.Reason));
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select count(*) from event where kind = 'detector.demoted' and subject = 'detector:miner'"));

        await Brake.SetAsync(world.Database.Source, false, "panics are fine", "ann", world.Now, default);
        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.SettleAsync();
        Assert.Equal(["stop i-2"], world.Ec2.Changes.Where(change => change.StartsWith("stop", StringComparison.Ordinal)));
        Assert.Equal("detector miner only proposes: its measured precision is under its floor of 0.8 (watchdog precision)", (await world.ShowAsync(miner.Id)).Acts[0].Detail);

        await RuleAsync(world, "miner", "true_positive", 6);
        await world.SettleAsync();
        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select count(*) from audit where what = 'detector.restored' and actor = 'watchdog'"));
    }

    [Fact]
    public async Task The_latest_ruling_on_a_case_counts_and_an_old_one_does_not()
    {
        await using var world = await World.CreateAsync();
        await RuleAsync(world, "miner", "false_positive", 3);
        await world.Database.ExecuteAsync("insert into ruling (case_id, at, ruling, actor, reason) select id, $1, 'true_positive', 'ann', 'second look' from case_file", world.Now);
        await RuleAsync(world, "runaway", "false_positive", 1, world.Now.AddDays(-91));
        await using var connection = await world.Database.Source.OpenConnectionAsync();

        var counts = await Watchdog.Policy.Trust.PrecisionTable.CountAsync(connection, null, world.Now.AddDays(-90), default);

        Assert.Equal(new("miner", 3, 0, 0, 0, 0), Assert.Single(counts));
    }

    private static Task<int> RuleAsync(World world, string @class, string ruling, int cases, DateTimeOffset? at = null) => world.Database.ExecuteAsync(
        """
        with c as (
          insert into case_file (instance_id, scope, owner, class, opened_at, closed_at, state, score, reason, rule_version)
          select 'i-old', $1, 'old', $2, $3, $3, 'closed', 1, 'r', 'v' from generate_series(1, $5) returning id)
        insert into ruling (case_id, at, ruling, actor, reason) select id, $3, $4, 'ann', 'looked' from c
        """, world.Scope.Id, @class, at ?? world.Now, ruling, cases);
}
