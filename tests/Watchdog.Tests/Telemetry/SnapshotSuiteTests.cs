using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Mining;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Telemetry;

/// <summary>The saved snapshots (Fixtures/snapshots), judged on top of the most suspicious plateau: the folder names the verdict.</summary>
public class SnapshotSuiteTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_772_445_660);
    private static readonly string Folder = Path.Combine(Standin.Root, "tests/Watchdog.Tests/Fixtures/snapshots");
    private static readonly FindingClass[] Abuse = [FindingClass.Miner, FindingClass.ForkBomb, FindingClass.Runaway];

    public static TheoryData<string> All => [.. Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_snapshot_brings_the_verdict_of_its_folder(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, name));
        var found = Judge(GuestSnapshotParser.Parse(text, Now), Cpu(name));
        var confirmed = found.Where(finding => finding.Verdict == Verdict.Confirmed).Select(finding => finding.Class).ToList();
        var because = string.Join(Environment.NewLine, found.Select(finding => $"{finding.Class} {finding.Verdict} {finding.Score:0.00}: {finding.Reason}"));
        switch (Path.GetDirectoryName(name))
        {
            case "honest":
                Assert.True(confirmed.Count == 0, because);
                break;
            case "suspect":
                Assert.True(found.Any(finding => Abuse.Contains(finding.Class) && finding.Verdict >= Verdict.Suspicion), because);
                break;
            case "miner":
                Assert.True(confirmed is [FindingClass.Miner], because);
                break;
            case "fork-bomb":
                Assert.True(confirmed is [FindingClass.ForkBomb], because);
                break;
            case "runaway":
                Assert.True(confirmed is [FindingClass.Runaway], because);
                break;
            default:
                Assert.Fail($"{name} stands in a folder that names no verdict.");
                break;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_prefix_of_a_snapshot_says_nothing_that_the_whole_does_not(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, name)).TrimEnd();
        var whole = GuestSnapshotParser.Parse(text, Now);
        var honest = name.StartsWith("honest", StringComparison.Ordinal);
        GuestSnapshot? last = null;
        for (var length = 0; length < text.Length; length++)
        {
            var part = GuestSnapshotParser.Parse(text[..length], Now);
            Assert.True(!part.Complete || length == text.Length - 1);
            Assert.Equal(whole.TopProcesses.Take(part.TopProcesses.Count), part.TopProcesses);
            Assert.Equal(whole.Connections.Take(part.Connections.Count), part.Connections);
            Assert.True(part.Processes is null || part.Processes == whole.Processes);
            if (honest && (last is null || part.TopProcesses.Count != last.TopProcesses.Count || part.Connections.Count != last.Connections.Count))
            {
                Assert.DoesNotContain(Judge(part, Cpu(name)), finding => finding.Verdict == Verdict.Confirmed);
            }

            last = part;
        }
    }

    [Fact]
    public void Five_thousand_processes_are_read_as_far_as_the_bounds_allow()
    {
        var crowd = string.Join(',', Enumerable.Range(0, 5000).Select(i => $$"""{"pid":{{i + 10}},"ppid":9,"comm":"idle{{i}}","exe":"/usr/bin/php-fpm","args":"","age":9000,"cpu":1,"thr":1,"rss":900}"""));
        var snapshot = GuestSnapshotParser.Parse($$"""{"v":1,"up":90000,"forks":2,"procs":5120,"pids":{"cur":5000,"max":9400},"p":[{{crowd}}],"end":true}""", Now);

        Assert.False(snapshot.Complete);
        Assert.Equal((5120, 40), (snapshot.Processes, snapshot.TopProcesses.Count));
        Assert.DoesNotContain(Judge(snapshot, 99), finding => finding.Verdict == Verdict.Confirmed);
    }

    private static IndicatorSet Shipped { get; } = IndicatorFile.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "indicators.json"))).Set!;

    private static float Cpu(string name) => name.EndsWith("throttled-at-40.json", StringComparison.Ordinal) ? 41 : name.StartsWith("runaway/one", StringComparison.Ordinal) ? 50 : 99;

    private static IReadOnlyList<Finding> Judge(GuestSnapshot snapshot, float cpu)
    {
        var vm = new VmFacts("i-0123456789abcdef0", "m5.large", 2, Now.AddDays(-10), new StatusFacts(CheckState.Ok, CheckState.Ok, CheckState.Ok, null));
        var triage = new TriageResult(TriageOutcome.Suspicion, FindingClass.Miner, Now.AddMinutes(-45), cpu, 2, 300, 10, 0, false, "CPU rose and nothing else did.",
            [Weights.NovelPlateau.Because("CPU rose."), Weights.Flat.Because("It is flat."), Weights.NoAddedNetwork.Because("Traffic did not rise.")]);
        var metrics = HypervisorFacts.Unknown with { RecentCpu = cpu, UsualCpu = 2 };
        return Judgement.Of(new CaseFacts(vm, Now, metrics, triage, GuestReading.Of(snapshot), ConsoleReading.Absent) { Indicators = Shipped }, new DetectorOptions());
    }
}
