using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Watchdog.Cli;
using Watchdog.Detection;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Verdicts;
using Watchdog.Diagnostics;
using Watchdog.Sweeps.Explaining;
using Watchdog.Testing;

namespace Watchdog.Tests.Sweeps.Explaining;

public sealed class SnapshotExplainerTests
{
    private static readonly ManualTime Time = new();

    private static readonly SnapshotExplainer Explainer = new(
        new DetectorOptions(), new IndicatorSource(Options.Create(new DetectionOptions()), NullLogger<IndicatorSource>.Instance), new Clocks(Time, Time));

    [Fact]
    public void A_saved_miner_is_confirmed_where_the_hypervisor_agrees_and_suspected_where_nobody_asked_it()
    {
        var text = Guests.Miner(Time.GetUtcNow());
        var agreed = Explainer.Explain("saved.json", text, 98, 2);
        Assert.Equal((FindingClass.Miner, Verdict.Confirmed), (agreed.Findings[0].Class, agreed.Findings[0].Verdict));

        var alone = Explainer.Explain("saved.json", text, null, 2);
        Assert.Equal((FindingClass.Miner, Verdict.Suspicion), (alone.Findings[0].Class, alone.Findings[0].Verdict));
        Assert.Contains(alone.Stages, stage => stage.Reason.Contains("--cpu", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_guest_calls_its_processes_cannot_reach_the_terminal()
    {
        var text = Guests.Miner(Time.GetUtcNow()).Replace("\"comm\":\"xmrig\"", "\"comm\":\"x\\u001b[2J\\u202emrig\"", StringComparison.Ordinal);
        var lines = ExplainPage.Lines(Explainer.Explain("sa\u001bved.json", text, 98, 2)).ToList();
        Assert.Contains(lines, line => line.Contains("miner's arguments", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain(line, c => char.IsControl(c) || c == '\u202e'));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("{\"v\":1,\"at\":1}")]
    public void A_file_that_says_nothing_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => Explainer.Explain("saved.json", text, 98, 2));
}
