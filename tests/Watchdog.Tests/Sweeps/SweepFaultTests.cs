using Watchdog.Detectors.Findings;
using Watchdog.Inventory;
using Watchdog.Storage;
using Watchdog.Telemetry;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Tests.Sweeps;

public class SweepFaultTests
{
    private const string Hot = "i-0000000000000aaaa";

    [Fact]
    public async Task A_block_whose_metrics_fail_leaves_the_other_blocks_judged()
    {
        await using var world = await SweepWorld.CreateAsync(("Detection:ScreenBlock", "500"));
        world.Play([.. Enumerable.Range(0, 700).Select(i => ($"i-{i:x17}", DateTimeOffset.MaxValue, 0f, 0f))]);
        world.Region.Poisoned.Add($"i-{3:x17}");

        var report = await world.MinuteAsync();

        Assert.Equal((700, 200, 500), (report.Vms, report.Judged, report.Unknown));
        Assert.True(report.Failures > 0);
    }

    [Fact]
    public async Task A_failure_in_the_middle_of_storing_leaves_nothing_half_written_and_the_next_run_heals()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(-60), 98.5f, 3_000));
        world.Region.Guests[Hot] = Guests.Miner(world.Now);
        var failed = 0;
        world.Follow = () =>
        {
            if (world.Told.Exists(change => change.Step == EpisodeStep.Confirmed) && failed++ == 0)
            {
                throw new InvalidOperationException("the database went away");
            }

            return Task.CompletedTask;
        };

        await Assert.ThrowsAsync<InvalidOperationException>(() => world.RunAsync(20));
        Assert.Equal(0L, await world.Database.ScalarAsync<long>("select count(*) from episode where confirmed_at is not null"));
        Assert.Equal(0L, await world.Database.ScalarAsync<long>("select count(*) from evidence where finding ->> 'verdict' = 'Confirmed'"));

        await world.RunAsync(20);
        Assert.Equal(1L, await world.Database.ScalarAsync<long>("select count(*) from episode where confirmed_at is not null"));
    }

    [Fact]
    public async Task A_run_whose_lease_was_taken_over_writes_nothing()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(-60), 98.5f, 3_000));
        world.Region.OnRead = () => Leases.TakeAsync(world.Database.Source, [Leases.ShardOf(Shard.Of(Hot))], "successor", world.Now, CancellationToken.None)
            .GetAwaiter().GetResult();

        await Assert.ThrowsAsync<FencedException>(() => world.MinuteAsync());

        foreach (var table in (string[])["suspect", "episode", "evidence", "shard_run", "vm_baseline"])
        {
            Assert.Equal(0L, await world.Database.ScalarAsync<long>($"select count(*) from {table}"));
        }
    }

    [Theory]
    [InlineData(-90)]
    [InlineData(30 * 60)]
    public async Task A_clock_that_jumps_neither_breaks_the_sweep_nor_lets_a_miner_go(int minutes)
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(-170), 98.5f, 3_000));
        world.Region.Agents[Hot] = AgentState.Online;
        await world.RunAsync(10);

        world.Fleet.Jump = TimeSpan.FromMinutes(minutes);
        world.Region.Guests[Hot] = Guests.Miner(world.Now);
        var report = await world.RunAsync(40);

        Assert.Equal(0, report.Unknown);
        Assert.Contains(world.Told, change => change is { Step: EpisodeStep.Confirmed, Finding.Class: FindingClass.Miner });
    }
}
