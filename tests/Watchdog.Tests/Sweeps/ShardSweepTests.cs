using Watchdog.Detectors.Findings;
using Watchdog.Telemetry;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Tests.Sweeps;

public class ShardSweepTests
{
    private const string Miner = "i-0000000000000aaaa";
    private const string Quiet = "i-0000000000000bbbb";

    [Fact]
    public async Task A_plain_miner_becomes_a_confirmed_episode_that_policy_hears_of()
    {
        await using var world = await SweepWorld.CreateAsync();
        var onset = world.Now.AddMinutes(10);
        Populate(world, Miner, onset, network: 3_000);
        world.Region.Guests[Miner] = Guests.Miner(world.Now);

        await world.RunAsync(70);

        var confirmed = Assert.Single(world.Told, change => change.Step == EpisodeStep.Confirmed);
        Assert.Equal((FindingClass.Miner, Miner), (confirmed.Finding.Class, confirmed.Vm.InstanceId));
        Assert.InRange((confirmed.Onset - onset).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Assert.Equal(1L, await world.Database.ScalarAsync<long>("select count(*) from episode where class = 'miner' and confirmed_at is not null and closed_at is null"));
        Assert.Contains("xmrig", await world.Database.ScalarAsync<string>("select facts::text from evidence order by id desc limit 1"), StringComparison.Ordinal);
        Assert.DoesNotContain(world.Told, change => change.Vm.InstanceId == Quiet);
    }

    private static void Populate(SweepWorld world, string hot, DateTimeOffset onset, float network)
    {
        var launch = world.Now.AddDays(-30);
        world.Region.Vms.Add(FakeRegion.Vm(hot, launch));
        world.Region.Vms.Add(FakeRegion.Vm(Quiet, launch));
        world.Region.Point = (id, metric, at) => metric switch
        {
            _ when at.AddMinutes(8) > world.Now => null,
            Metric.CPUUtilization => id == hot && at >= onset ? 98.5f : 4f,
            Metric.NetworkIn or Metric.NetworkOut => id == hot && at >= onset ? network : 2_500,
            Metric.EBSWriteOps => 90,
            Metric.EBSReadOps => 0,
            _ => null,
        };
    }
}
