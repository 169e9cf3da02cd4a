using Watchdog.Detectors.Findings;
using Watchdog.Telemetry;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Tests.Sweeps;

/// <summary>Honest work that comes back is no alarm, and a miner at its level is none of it.</summary>
public class BenignMemoryTests
{
    private const string Hot = "i-hot";

    [Fact]
    public async Task The_same_program_at_the_same_level_costs_one_look_a_burst_and_another_program_there_is_found()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Region.Vms.Add(FakeRegion.Vm(Hot, world.Now.AddDays(-30)));
        var start = world.Now;
        // Two hours of work, then six of rest, and again.
        world.Region.Point = (_, metric, at) => at.AddMinutes(8) > world.Now ? null : metric switch
        {
            Metric.CPUUtilization => (at - start).TotalMinutes % 480 is >= 60 and < 180 ? 97f : 4f,
            Metric.NetworkIn or Metric.NetworkOut => 2_500,
            Metric.EBSWriteOps => 90,
            Metric.EBSReadOps => 0,
            _ => null,
        };
        world.Region.Guests[Hot] = Guests.Training(world.Now);
        await world.RunAsync(480);
        Assert.Equal("/usr/bin/python3.11", await world.Database.ScalarAsync<string>("select detail->'cleared'->>'executable' from suspect where stage = 'benign'"));
        Assert.Single(world.Region.Sent);
        Assert.Equal(1, Triages());

        await world.RunAsync(480);
        Assert.Equal(2, world.Region.Sent.Count);
        Assert.Equal(1, Triages());
        Assert.Empty(world.Told);

        world.Region.Guests[Hot] = Guests.Miner(world.Now);
        await world.RunAsync(180);
        Assert.Equal(FindingClass.Miner, Assert.Single(world.Told, change => change.Step == EpisodeStep.Confirmed).Finding.Class);

        int Triages() => world.Region.MetricCalls.Count(call => call.Metrics.Contains(Metric.EBSReadOps));
    }
}
