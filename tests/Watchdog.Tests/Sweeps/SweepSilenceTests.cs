using Watchdog.Detectors.Findings;
using Watchdog.Telemetry;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Tests.Sweeps;

public class SweepSilenceTests
{
    private const string Hot = "i-0000000000000aaaa";

    [Fact]
    public async Task An_agent_that_falls_silent_with_an_explained_plateau_is_a_suspicion_for_people()
    {
        await using var world = await SweepWorld.CreateAsync();
        var onset = world.Now.AddMinutes(10);
        world.Play((Hot, onset, 97f, 400_000_000));
        Lose(world, onset);

        await world.RunAsync(120);

        var opened = Assert.Single(world.Told);
        Assert.Equal((EpisodeStep.Opened, FindingClass.Miner, Verdict.Suspicion), (opened.Step, opened.Finding.Class, opened.Finding.Verdict));
        Assert.True(opened.Finding.StandsOnLostAgent());
    }

    [Fact]
    public async Task An_explained_plateau_beside_an_agent_that_was_lost_days_ago_is_left_alone()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(10), 97f, 400_000_000));
        Lose(world, world.Now.AddDays(-3));

        await world.RunAsync(120);

        Assert.Empty(world.Told);
    }

    [Fact]
    public async Task An_open_suspicion_whose_agent_is_lost_later_is_handed_on_once()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(-60), 98.5f, 3_000));
        world.Region.Guests[Hot] = Guests.Unsaid(world.Now);
        await world.RunAsync(40);
        Assert.Equal(EpisodeStep.Opened, Assert.Single(world.Told).Step);

        Lose(world, world.Now);
        await world.RunAsync(90);

        Assert.Equal([EpisodeStep.Opened, EpisodeStep.Silenced], world.Told.Select(change => change.Step));
        Assert.Equal((world.Told[0].EpisodeId, Verdict.Suspicion), (world.Told[1].EpisodeId, world.Told[1].Finding.Verdict));
        Assert.Equal(2L, await world.Database.ScalarAsync<long>("select count(*) from evidence"));
        Assert.Contains("fell silent", await world.Database.ScalarAsync<string>("select reason from episode"), StringComparison.Ordinal);
    }

    private static void Lose(SweepWorld world, DateTimeOffset lastPing)
    {
        world.Region.Guests.Remove(Hot);
        world.Region.Agents[Hot] = AgentState.ConnectionLost;
        world.Region.Pings[Hot] = lastPing;
    }
}
