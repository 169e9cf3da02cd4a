using Watchdog.Cli;
using Watchdog.Detection;
using Watchdog.Detectors.Findings;
using Watchdog.Reports.Quarantine;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Cli;

public sealed class ReportCommandTests
{
    private const string Evil = "=cmd|' [x](http://e.example) <script>alert(1)</script>";
    private static readonly string[] Span = ["report", "quarantine", "--since", "2026-01-04T00:00Z", "--until", "2026-01-06T00:00Z"];

    [Fact]
    public async Task The_report_says_why_what_when_and_who()
    {
        await using var world = await WorldAsync();

        var run = await CliRun.OnAsync(world.Database, Span);

        Assert.Equal((ExitCodes.Ok, ""), (run.Exit, run.Error));
        Assert.Matches(@"\| class \| cases \| contained \|", run.Output);
        Assert.Matches(@"\| miner \| 1 \| 1 \|", run.Output);
        Assert.Matches(@"\| miner \| 0\.0 / 0\.0 \(1\) \| \d+\.\d / \d+\.\d \(1\) \| \d+\.\d / \d+\.\d \(1\) \| \d+\.\d / \d+\.\d \(1\) \| 1 \| 1\.00 \(0\.21 to 1\.00\), 1 of 1 \|", run.Output);
        Assert.Contains("### Case 1: miner on i-1 of", run.Output, StringComparison.Ordinal);
        Assert.Contains("- for, decisive (+6.0): Process 7 speaks stratum.", run.Output, StringComparison.Ordinal);
        Assert.Contains("- against (-1.5): ", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\| 2026-01-05 00:00:\d\d \| quarantine proposed \| watchdog \|", run.Output);
        Assert.Contains("ec2:ModifyNetworkInterfaceAttribute on eni-i-1-0: done", run.Output, StringComparison.Ordinal);
        Assert.Contains("ann ruled **true positive**: seen it", run.Output, StringComparison.Ordinal);
        Assert.Contains("<svg xmlns", run.Output, StringComparison.Ordinal);
        Assert.Contains("No points of the network around the decision", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_guest_chose_is_shown_and_not_obeyed()
    {
        await using var world = await WorldAsync(Evil);

        var markdown = (await CliRun.OnAsync(world.Database, Span)).Output;
        var csv = (await CliRun.OnAsync(world.Database, [.. Span, "--format", "csv"])).Output;

        Assert.DoesNotContain("<script", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("[x](", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", markdown.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(",'=cmd|", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",=", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_json_has_its_documented_shape()
    {
        await using var world = await WorldAsync();

        var json = (await CliRun.OnAsync(world.Database, [.. Span, "--format", "json"])).Json;

        var miners = json.GetProperty("summary").GetProperty("classes")[0];
        Assert.Equal(1, miners.GetProperty("outcomes").GetProperty("contained").GetInt32());
        Assert.Equal(1, miners.GetProperty("precision").GetProperty("right").GetInt32());
        Assert.Equal(1, miners.GetProperty("minutes_to_ruling").GetProperty("count").GetInt32());
        // No ruling of the last 90 days before now.
        Assert.Equal(0, json.GetProperty("summary").GetProperty("detectors").GetArrayLength());
        Assert.Equal(1, json.GetProperty("summary").GetProperty("all").GetProperty("cases").GetInt32());
        var of = json.GetProperty("cases")[0];
        Assert.Equal("stratum-url", of.GetProperty("episodes")[0].GetProperty("evidence")[0].GetProperty("code").GetString());
        Assert.Equal("quarantine", of.GetProperty("acts")[0].GetProperty("kind").GetString());
        Assert.Equal("ann", of.GetProperty("rulings")[0].GetProperty("by").GetString());
        Assert.Equal(64, of.GetProperty("timeline")[0].GetProperty("evidence_sha256").GetString()!.Length);
        Assert.Equal(Curves.Periods, of.GetProperty("curves").GetProperty("cpu").GetArrayLength());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, of.GetProperty("curves").GetProperty("network_in").ValueKind);
    }

    [Fact]
    public async Task A_file_appears_whole_and_an_empty_span_is_a_report_too()
    {
        await using var world = await WorldAsync();
        var file = Path.Combine(Directory.CreateTempSubdirectory("watchdog-report-").FullName, "r.md");

        var run = await CliRun.OnAsync(world.Database, "report", "quarantine", "--since", "2026-01-01T00:00Z", "--until", "2026-01-02T00:00Z", "--out", file);

        Assert.Equal((ExitCodes.Ok, $"0 cases in {file}"), (run.Exit, run.Output.Trim()));
        Assert.Contains("No case was opened.", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory]
    [InlineData("--since", "2026-01-06T00:00Z", "--until", "2026-01-05T00:00Z")]
    [InlineData("--since", "whenever")]
    [InlineData("--until", "whenever")]
    public async Task A_span_that_makes_no_sense_is_refused(params string[] words)
    {
        await using var world = await World.CreateAsync();

        var run = await CliRun.OnAsync(world.Database, ["report", "quarantine", .. words]);

        Assert.Equal(ExitCodes.Usage, run.Exit);
        Assert.Contains(words[^2], run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_cases_are_streamed()
    {
        await using var world = await World.CreateAsync();
        await world.Database.ExecuteAsync(
            """
            insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version)
            select 'i-' || n, $1, 'ann', 'miner', $2::timestamptz + make_interval(secs => n % 100), 'open', 0.9, 'r', '1' from generate_series(1, 10000) n
            """, world.Scope.Id, world.Now);
        var output = new CountingWriter();

        var cases = await new QuarantineReport(world.Database.Source, new EvidenceOnly(), TimeSpan.FromDays(90)).WriteAsync(
            new ReportSpan(world.Now, world.Now.AddDays(1), world.Now), new CsvForm(output), default);

        Assert.Equal((10_000, 10_001, 10_000), (cases, output.Lines, output.Distinct));
    }

    // A miner that was quarantined, verified and confirmed, with evidence for and against and the CPU of its last half hour.
    private static async Task<World> WorldAsync(string owner = "alice")
    {
        var world = await World.CreateAsync();
        var vm = await world.AddVmAsync("i-1", owner);
        await world.ApplyAsync(await world.EpisodeAsync(vm, evidence:
        [
            new Evidence(Family.GuestProcesses, "stratum-url", 6, "Process 7 speaks stratum.", Decisive: true),
            new Evidence(Family.NetworkShape, "disk-busy", -1.5, owner == Evil ? Evil : "The disk is busy with it."),
        ]));
        await world.Database.ExecuteAsync(
            "insert into evidence (episode_id, at, finding, facts) select id, $1, '{}', $2::text::jsonb from episode", world.Now,
            FrozenJson.Write(new Frozen("m5.large", 2, world.Now, null, null, null, null, null, null,
                new Points(world.Now.AddMinutes(-30), 300, [99, 99, float.NaN, 98, 99, 99]), Points.None, Points.None)));
        await world.SettleAsync();
        await world.AskAsync("confirm", (await world.ShowAsync(1)).Case, new("seen it"));
        return world;
    }

    private sealed class CountingWriter : StringWriter
    {
        private readonly HashSet<string> _seen = [];

        public int Lines { get; private set; }
        public int Distinct => _seen.Count - 1;

        public override Task WriteAsync(string? value)
        {
            Lines++;
            _seen.Add(value!);
            return Task.CompletedTask;
        }
    }
}
