using Watchdog.Detection;
using Watchdog.Detectors.Findings;
using Watchdog.Reports.Quarantine;
using Watchdog.Sweeps;
using Watchdog.Telemetry;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Tests.Sweeps;

public class ShardSweepTests
{
    private const string Hot = "i-0000000000000aaaa";
    private const string Quiet = "i-0000000000000bbbb";

    [Fact]
    public async Task A_plain_miner_becomes_a_confirmed_episode_that_policy_hears_of()
    {
        await using var world = await SweepWorld.CreateAsync();
        var onset = world.Now.AddMinutes(10);
        world.Play((Hot, onset, 98.5f, 3_000), (Quiet, DateTimeOffset.MaxValue, 0, 0));
        world.Region.Guests[Hot] = Guests.Miner(world.Now);

        await world.RunAsync(70, step: 1);

        var confirmed = Assert.Single(world.Told, change => change.Step == EpisodeStep.Confirmed);
        Assert.Equal((FindingClass.Miner, Hot), (confirmed.Finding.Class, confirmed.Vm.InstanceId));
        Assert.InRange((confirmed.Onset - onset).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Assert.Equal(1L, await world.Database.ScalarAsync<long>("select count(*) from episode where class = 'miner' and confirmed_at is not null and closed_at is null"));
        Assert.Contains("xmrig", await world.Database.ScalarAsync<string>("select facts::text from evidence order by id desc limit 1"), StringComparison.Ordinal);
        Assert.DoesNotContain(world.Told, change => change.Vm.InstanceId == Quiet);
        Assert.Equal("/tmp/.x/xmrig", await world.Database.ScalarAsync<string>("select executable from episode where class = 'miner'"));
    }

    [Fact]
    public async Task A_decision_keeps_what_triage_had_read_of_the_day_and_the_usual_level_of_then_without_another_call()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(30), 98.5f, 3_000));
        world.Region.Guests[Hot] = Guests.Miner(world.Now);

        await world.RunAsync(110);

        Assert.Contains(world.Told, change => change.Step == EpisodeStep.Confirmed);
        Assert.Equal(1, world.Region.MetricCalls.Count(call => call.Metrics.Contains(Metric.EBSWriteOps) && call.Points == 576));
        var kept = FrozenJson.Read<KeptContext>(await world.Database.ScalarAsync<string>("select context::text from evidence order by id desc limit 1"))!;
        Assert.Equal((288, 288, 288, 0), (kept.Cpu.Values.Length, kept.NetworkIn.Values.Length, kept.Disk.Values.Length, kept.Credits.Values.Length));
        Assert.Contains(90f, kept.Disk.Values);
        var usual = UsualBand.Of(await world.Database.ScalarAsync<byte[]>("select baseline from evidence order by id desc limit 1"))!;
        Assert.InRange(usual.High, 3, 5);
    }

    [Fact]
    public async Task What_triage_read_is_not_kept_of_a_plateau_that_was_found_benign()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(10), 97f, 3_000));
        world.Region.Guests[Hot] = Guests.Training(world.Now);

        await world.RunAsync(120);

        Assert.Equal(1L, await world.Database.ScalarAsync<long>("select count(*) from suspect where stage = 'benign' and context is null"));
    }

    [Fact]
    public async Task An_episode_closes_after_an_hour_without_the_miner()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(-60), 98.5f, 3_000));
        world.Region.Guests[Hot] = Guests.Miner(world.Now);
        await world.RunAsync(30);
        Assert.Contains(world.Told, change => change.Step == EpisodeStep.Confirmed);

        world.Play((Hot, DateTimeOffset.MaxValue, 0, 0));
        world.Region.Guests[Hot] = Guests.Training(world.Now);
        await world.RunAsync(130);

        Assert.Equal(EpisodeStep.Closed, world.Told[^1].Step);
        Assert.Equal(0L, await world.Database.ScalarAsync<long>("select count(*) from episode where closed_at is null"));
        Assert.Equal(0L, await world.Database.ScalarAsync<long>("select count(*) from suspect"));
    }

    [Fact]
    public async Task A_hard_benign_plateau_costs_one_look_inside_and_opens_nothing()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(10), 97f, 3_000));
        world.Region.Guests[Hot] = Guests.Training(world.Now);

        await world.RunAsync(180);

        Assert.Empty(world.Told);
        Assert.Single(world.Region.Sent);
        Assert.Equal("benign", await world.Database.ScalarAsync<string>("select stage from suspect"));
    }

    [Fact]
    public async Task Work_that_moves_data_is_explained_once_and_looked_into_once()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(10), 97f, 400_000_000));
        world.Region.Guests[Hot] = Guests.Training(world.Now);

        await world.RunAsync(120);

        Assert.Empty(world.Told);
        Assert.Single(world.Region.Sent);
        Assert.Equal(1, world.Region.MetricCalls.Count(call => call.Metrics.Contains(Metric.EBSWriteOps)));
    }

    [Fact]
    public async Task A_miner_beside_a_busy_owner_is_found_by_the_one_look_that_explained_plateaus_get()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(10), 97f, 400_000_000));
        world.Region.Guests[Hot] = Guests.Miner(world.Now);

        await world.RunAsync(90);

        Assert.Contains(world.Told, change => change is { Step: EpisodeStep.Confirmed, Finding.Class: FindingClass.Miner });
    }

    [Fact]
    public async Task An_explained_plateau_whose_guest_does_not_answer_is_left_alone()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(10), 97f, 400_000_000));
        world.Region.Agents[Hot] = AgentState.ConnectionLost;

        await world.RunAsync(120);

        Assert.Empty(world.Told);
        Assert.Equal("benign", await world.Database.ScalarAsync<string>("select stage from suspect"));
    }

    [Fact]
    public async Task A_complete_pass_finds_what_is_hot_from_birth_without_agent_or_context()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Region.Vms.Add(FakeRegion.Vm(Hot, world.Now, "t3.micro"));
        world.Region.Vms.Add(FakeRegion.Vm(Quiet, world.Now, "t3.micro"));
        world.Region.Point = (id, metric, _) => metric == Metric.CPUUtilization ? (id == Hot ? 99f : 3f) : null;

        var report = await world.MinuteAsync(SweepDepth.Everything);

        var finding = Assert.Single(report.Findings);
        Assert.Equal((Hot, "miner", false), (finding.InstanceId, finding.Class, finding.Confirmed));
        Assert.Equal((2, 2, 0), (report.Vms, report.Judged, report.Unknown));
    }

    [Fact]
    public async Task A_miner_that_kills_its_agent_is_a_suspicion_for_people_and_never_confirmed()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(-60), 98.5f, 3_000));
        world.Region.Agents[Hot] = AgentState.ConnectionLost;

        await world.RunAsync(60);

        Assert.Equal(EpisodeStep.Opened, Assert.Single(world.Told).Step);
        Assert.Contains(world.Told[0].Finding.Evidence, piece => piece.Family == Family.Agent);
    }

    [Fact]
    public async Task A_guest_that_answers_garbage_is_not_cleared_by_it()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(-60), 98.5f, 3_000));
        world.Region.Guests[Hot] = "\0\0{{{ not json";

        await world.RunAsync(40);

        Assert.Equal("inspection", await world.Database.ScalarAsync<string>("select stage from suspect"));
        Assert.DoesNotContain(world.Told, change => change.Step == EpisodeStep.Confirmed);
    }

    [Fact]
    public async Task Absent_metrics_make_a_VM_unknown_and_open_nothing()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Quiet, DateTimeOffset.MaxValue, 0, 0));
        world.Region.Vms.Add(FakeRegion.Vm(Hot, world.Now.AddDays(-3)));

        var report = await world.RunAsync(40);

        Assert.Equal((2, 1, 1), (report.Vms, report.Judged, report.Unknown));
        Assert.Empty(report.Findings);
        Assert.Empty(world.Told);
        Assert.Equal(1L, await world.Database.ScalarAsync<long>(
            "select sum(unknown) from shard_run where at = (select max(at) from shard_run)"));
    }

    [Fact]
    public async Task Runs_are_kept_for_thirty_days()
    {
        await using var world = await SweepWorld.CreateAsync();
        foreach (var days in (int[])[29, 31])
        {
            await world.Database.ExecuteAsync(
                "insert into shard_run (shard, at, node, epoch, seen, judged, unknown, seconds) values (0, $1, 'n', 1, 0, 0, 0, 0)", world.Now.AddDays(-days));
        }

        await world.RunAsync(40);

        Assert.Equal(0L, await world.Database.ScalarAsync<long>("select count(*) from shard_run where at < $1", world.Now.AddDays(-30)));
        Assert.Equal(1L, await world.Database.ScalarAsync<long>("select count(*) from shard_run where at < $1", world.Now.AddDays(-28)));
    }

    [Fact]
    public async Task A_rerun_at_the_same_instant_changes_nothing()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(-60), 98.5f, 3_000));
        world.Region.Guests[Hot] = Guests.Miner(world.Now);
        await world.RunAsync(20);
        var before = await StateAsync(world);
        world.Time.Advance(TimeSpan.FromMinutes(5));

        await world.MinuteAsync();
        var once = await StateAsync(world);
        await world.MinuteAsync();

        Assert.NotEqual(before, once);
        Assert.Equal(once, await StateAsync(world));
    }

    private static async Task<(long Evidence, string Episodes, string Suspects, int Told)> StateAsync(SweepWorld world) => (
        await world.Database.ScalarAsync<long>("select count(*) from evidence"),
        await world.Database.ScalarAsync<string>("select coalesce(string_agg(e::text, '|' order by id), '') from episode e"),
        await world.Database.ScalarAsync<string>("select coalesce(string_agg(s::text, '|' order by instance_id), '') from suspect s"),
        world.Told.Count);
}
