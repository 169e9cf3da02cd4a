using Watchdog.Cli;
using Watchdog.Detectors.Findings;
using Watchdog.Sweeps.Explaining;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Sweeps.Explaining;

public sealed class VmExplainerTests
{
    private const string Hot = "i-hot";

    [Fact]
    public async Task A_miner_is_explained_from_screen_to_verdict_and_nothing_is_written()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddHours(-1), 97f, 3_000));
        world.Region.Guests[Hot] = Guests.Miner(world.Now);
        await world.InventoryAsync();

        var told = await world.Get<VmExplainer>().ExplainAsync(Hot, default);

        Assert.Equal((FindingClass.Miner, Verdict.Confirmed), (told.Findings[0].Class, told.Findings[0].Verdict));
        Assert.Contains(told.Findings[0].Evidence, piece => piece.Code == "miner-arguments");
        Assert.Contains(told.Findings[0].Evidence, piece => piece.Code == "novel-plateau");
        Assert.Equal(["status", "screen", "triage", "inside", "console"], told.Stages.Select(stage => stage.Stage));
        Assert.Equal(["Novel", "Suspicion", "read"], told.Stages.Skip(1).Take(3).Select(stage => stage.Outcome));
        Assert.EndsWith($"+{world.Get<Watchdog.Detection.IndicatorSource>().Current().Version}", told.RuleVersion, StringComparison.Ordinal);
        Assert.Equal(576, told.Charts[0].Values.Count);
        Assert.Equal(0, await world.Database.ScalarAsync<long>(
            "select (select count(*) from suspect) + (select count(*) from episode) + (select count(*) from vm_baseline) + (select count(*) from event where kind like 'case%')"));

        var lines = ExplainPage.Lines(told).ToList();
        Assert.Contains(lines, line => line.StartsWith("miner confirmed, probability 0.99", StringComparison.Ordinal) || line.StartsWith("miner confirmed, probability 1.0", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("+6.0  Process 4242 (xmrig) runs with a miner's arguments.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("CPU", StringComparison.Ordinal) && line.Contains('█') && line.Contains("4 to 97 %", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_quiet_vm_is_looked_into_too_and_honest_work_exculpates_with_its_weight()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddHours(-1), 97f, 3_000), ("i-quiet", DateTimeOffset.MaxValue, 0, 0));
        world.Region.Guests[Hot] = Guests.Training(world.Now);
        world.Region.Guests["i-quiet"] = Guests.Training(world.Now);
        await world.InventoryAsync();

        var hot = await world.Get<VmExplainer>().ExplainAsync(Hot, default);
        Assert.All(hot.Findings, finding => Assert.NotEqual(Verdict.Confirmed, finding.Verdict));
        Assert.Contains(hot.Findings.SelectMany(finding => finding.Evidence), piece => piece is { Code: "known-workload", Weight: < 0 });

        var quiet = await world.Get<VmExplainer>().ExplainAsync("i-quiet", default);
        Assert.Equal(["i-hot", "i-quiet"], world.Region.Sent.Order());
        Assert.Equal("not asked", quiet.Stages[2].Outcome);
        Assert.Equal("read", quiet.Stages[3].Outcome);
    }

    [Fact]
    public async Task Absent_answers_have_their_names()
    {
        await using var world = await SweepWorld.CreateAsync(("Detection:WaitSeconds", "0"));
        world.Play((Hot, DateTimeOffset.MaxValue, 0, 0));
        world.Region.Agents[Hot] = AgentState.ConnectionLost;
        world.Region.Point = (_, _, _) => null;
        await world.InventoryAsync();

        var told = await world.Get<VmExplainer>().ExplainAsync(Hot, default);
        Assert.Equal(["CannotTell", "not asked", "agent lost"], told.Stages.Skip(1).Take(3).Select(stage => stage.Outcome));
        Assert.Contains(ExplainPage.Lines(told), line => line.StartsWith("CPU", StringComparison.Ordinal) && line.EndsWith("no data", StringComparison.Ordinal));
        Assert.All(ExplainReport.Of(told).Charts, chart => Assert.All(chart.Values, Assert.Null));
    }

    [Fact]
    public async Task A_vm_that_nobody_knows_or_that_does_not_run_is_refused_in_words()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Region.Vms.Add(FakeRegion.Vm("i-off", world.Now.AddDays(-1), state: "stopped"));
        await world.InventoryAsync();
        var explainer = world.Get<VmExplainer>();
        Assert.Contains("in no inventory", (await Assert.ThrowsAsync<ArgumentException>(() => explainer.ExplainAsync("i-none", default))).Message, StringComparison.Ordinal);
        Assert.Contains("is stopped since", (await Assert.ThrowsAsync<ArgumentException>(() => explainer.ExplainAsync("i-off", default))).Message, StringComparison.Ordinal);
    }
}
