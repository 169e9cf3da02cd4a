using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Inventory;
using Watchdog.Telemetry;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Tests.Sweeps;

public class SweepHealthTests
{
    private const string Dead = "i-0000000000000dead";

    [Fact]
    public async Task A_panicked_kernel_is_confirmed_by_its_check_its_silence_and_its_console()
    {
        await using var world = await SweepWorld.CreateAsync();
        var death = world.Now.AddMinutes(10);
        world.Play((Dead, death, 0.1f, 100));
        world.Region.Agents[Dead] = AgentState.ConnectionLost;
        world.Region.Consoles[Dead] = "[ 1.0] Linux version 6.1\n[ 99.1] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009\n";
        await world.RunAsync(15);
        world.Region.Impair(Dead, death.AddMinutes(2));

        await world.RunAsync(20);

        var confirmed = Assert.Single(world.Told, change => change.Step == EpisodeStep.Confirmed);
        Assert.Equal((FindingClass.Panic, death.AddMinutes(2)), (confirmed.Finding.Class, confirmed.Onset));
    }

    [Fact]
    public async Task A_blip_of_the_check_opens_nothing_and_asks_nobody()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Dead, DateTimeOffset.MaxValue, 0, 0));
        await world.RunAsync(5);
        world.Region.Impair(Dead, world.Now);
        await world.RunAsync(5, step: 1);
        world.Region.Statuses.Clear();

        await world.RunAsync(30);

        Assert.Empty(world.Told);
        Assert.Equal(0L, await world.Database.ScalarAsync<long>("select count(*) from suspect"));
    }

    [Fact]
    public async Task A_failing_host_is_the_hosts_and_heals_by_itself()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Dead, DateTimeOffset.MaxValue, 0, 0));
        world.Region.Statuses.Add(new ListedStatus(Dead, new StatusFacts(CheckState.Ok, CheckState.Impaired, CheckState.Ok, world.Now), []));
        await world.RunAsync(30);
        world.Region.Statuses.Clear();

        await world.RunAsync(90);

        Assert.Equal([FindingClass.HostFault, FindingClass.HostFault], world.Told.Select(change => change.Finding.Class));
        Assert.Equal([EpisodeStep.Confirmed, EpisodeStep.Closed], world.Told.Select(change => change.Step));
    }

    [Fact]
    public async Task A_fork_bomb_shows_by_its_ceiling_its_silence_and_its_check_although_nobody_answers_inside()
    {
        await using var world = await SweepWorld.CreateAsync();
        var onset = world.Now.AddMinutes(10);
        world.Play((Dead, onset, 100f, 150));
        world.Region.Agents[Dead] = AgentState.ConnectionLost;
        world.Region.Consoles[Dead] = "bash: fork: retry: Resource temporarily unavailable\ncgroup: fork rejected by pids controller in /user.slice\n";
        await world.RunAsync(20);
        world.Region.Impair(Dead, onset.AddMinutes(10));

        await world.RunAsync(30);

        Assert.Contains(world.Told, change => change.Finding.Class == FindingClass.ForkBomb && change.Step == EpisodeStep.Confirmed);
        Assert.DoesNotContain(world.Told, change => change.Finding.Class == FindingClass.Miner && change.Step == EpisodeStep.Confirmed);
    }

    [Fact]
    public async Task Disk_writes_are_paid_for_only_where_they_decide_about_a_fork_bomb()
    {
        const string busy = "i-0000000000000beef";
        await using var world = await SweepWorld.CreateAsync();
        var onset = world.Now.AddMinutes(60);
        world.Play((Dead, onset, 100f, 1_200), (busy, onset, 100f, 2_400));
        var play = world.Region.Point;
        world.Region.Point = (id, metric, at) => metric == Metric.EBSWriteOps && id == Dead && at >= onset ? 15 : play(id, metric, at);

        await world.RunAsync(100);

        var asked = world.Region.MetricCalls.Where(call => call.Metrics is [Metric.DiskWriteOps, Metric.EBSWriteOps]).ToList();
        Assert.InRange(asked.Count, 1, 8);
        Assert.All(asked, call => Assert.Equal([Dead], call.Ids));
        var opened = Assert.Single(world.Told, change => change.Step == EpisodeStep.Opened);
        Assert.Equal((FindingClass.ForkBomb, Dead), (opened.Finding.Class, opened.Vm.InstanceId));
        Assert.Contains("disk writes are at", opened.Finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_VM_that_stops_is_forgotten_and_one_that_is_gone_ends_its_episode()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Dead, world.Now.AddMinutes(-60), 98.5f, 3_000));
        world.Region.Guests[Dead] = Guests.Miner(world.Now);
        await world.RunAsync(30);

        world.Region.Vms[0] = world.Region.Vms[0] with { State = "stopped" };
        await world.RunAsync(10);
        Assert.Equal(0L, await world.Database.ScalarAsync<long>("select count(*) from suspect"));
        Assert.Equal(1L, await world.Database.ScalarAsync<long>("select count(*) from episode where closed_at is null"));

        world.Region.Vms[0] = world.Region.Vms[0] with { State = "terminated" };
        await world.RunAsync(10);
        Assert.Equal(EpisodeStep.Closed, world.Told[^1].Step);
        Assert.Equal(0L, await world.Database.ScalarAsync<long>("select count(*) from episode where closed_at is null"));
    }

    [Fact]
    public async Task Nobody_is_dead_by_a_listing_of_checks_that_stopped_coming()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Dead, DateTimeOffset.MaxValue, 0, 0));
        world.Region.Impair(Dead, world.Now.AddMinutes(-3));
        await world.RunAsync(2, step: 1);

        // Inventory and status stop; only sweeps go on.
        for (var i = 0; i < 6; i++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(6));
            await world.Sweep.RunAsync(SweepWorld.AllShards, Watchdog.Sweeps.SweepDepth.Cadence, CancellationToken.None);
        }

        Assert.Empty(world.Told);
    }
}
