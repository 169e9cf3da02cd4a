using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Watchdog.Aws;
using Watchdog.Diagnostics;
using Watchdog.Sweeps;

namespace Watchdog.Cli;

/// <summary><c>watchdog sweep</c>: one complete pass over the configured scopes, then exit.</summary>
internal static class SweepCommand
{
    /// <summary>How long a pass waits, in wall time, for acts whose effect AWS does not show yet.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var json = GlobalOptions.Json();
        var command = new Command("sweep", "One complete pass: inventory, status, screen, inspection, verdicts, and acts as the mode allows.") { json };
        command.SetAction((parse, ct) => CommandEdge.RunAsync(async () =>
        {
            var builder = CliHost.Create(parse, quiet: LogLevel.Warning);
            builder.Services.AddWorker(builder.Configuration);
            using var host = builder.Build();
            await using var services = (IAsyncDisposable)host;
            await SchemaGate.PassAsync(host.Services, ct);
            var pass = await PassAsync(host.Services, ct);
            if (parse.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(pass, SweepPass.Shape));
            }
            else
            {
                Print(pass);
            }

            return pass.Problems.Count == 0 ? ExitCodes.Ok : ExitCodes.NotHealthy;
        }, ct));
        return command;
    }

    private static async Task<SweepPass> PassAsync(IServiceProvider services, CancellationToken ct)
    {
        var pipeline = services.GetRequiredService<Pipeline>();
        var wall = services.GetRequiredService<Clocks>().Wall;
        List<string> problems = [];
        Dictionary<string, double> seconds = [];
        var scopes = await pipeline.ScopesAsync(ct);
        var start = wall.GetTimestamp();
        foreach (var scope in scopes)
        {
            var (inventory, status) = await pipeline.InventoryAsync(scope, ct);
            if (!inventory.Seen)
            {
                problems.Add($"{scope.Key}: the VMs could not be listed: {inventory.Detail}");
            }

            if (!status.Seen)
            {
                problems.Add($"{scope.Key}: the status checks could not be read: {status.Detail}");
            }
        }

        seconds["inventory"] = Seconds(wall, start);
        var report = await pipeline.ShardsAsync(Pipeline.AllShards, SweepDepth.Everything, ct);
        foreach (var (stage, time) in report.Seconds)
        {
            seconds[stage] = Math.Round(time, 3);
        }

        start = wall.GetTimestamp();
        var (planned, done) = (0, 0);
        foreach (var scope in scopes)
        {
            while (true)
            {
                var acted = await pipeline.ActAsync(scope, ct);
                planned += acted.Admitted;
                done += acted.Done;
                if (acted.Waiting == 0 || wall.GetElapsedTime(start) > LongestWait)
                {
                    break;
                }

                await Task.Delay(LookAgain, wall, ct);
            }
        }

        seconds["acts"] = Seconds(wall, start);
        var calls = services.GetRequiredService<CallMeter>().Snapshot().Calls;
        return new SweepPass(report.Vms, report.Judged, report.Unknown, report.Findings, planned, done, calls, seconds, report.Failures, problems);
    }

    private static double Seconds(TimeProvider wall, long start) => Math.Round(wall.GetElapsedTime(start).TotalSeconds, 3);

    private static void Print(SweepPass pass)
    {
        AnsiConsole.WriteLine($"{pass.Vms} running VMs: {pass.Judged} judged, {pass.Unknown} unknown. Acts planned {pass.ActsPlanned}, done {pass.ActsDone}.");
        var table = new Table().Border(TableBorder.Minimal).AddColumns("instance", "class", "score", "verdict", "reason");
        foreach (var finding in pass.Findings)
        {
            table.AddRow(Markup.Escape(finding.InstanceId), finding.Class, $"{finding.Score:F2}", finding.Confirmed ? "confirmed" : "suspicion", Markup.Escape(finding.Reason));
        }

        if (pass.Findings.Count > 0)
        {
            AnsiConsole.Write(table);
        }

        AnsiConsole.WriteLine("AWS calls: " + string.Join(", ", pass.AwsCalls.Select(call => $"{call.Key} {call.Value}")));
        foreach (var problem in pass.Problems)
        {
            AnsiConsole.WriteLine(problem);
        }
    }
}

/// <summary>One pass as JSON; its names are a contract.</summary>
internal sealed record SweepPass(
    int Vms, int Judged, int Unknown, IReadOnlyList<SweepFinding> Findings, int ActsPlanned, int ActsDone, IReadOnlyDictionary<string, long> AwsCalls,
    IReadOnlyDictionary<string, double> Seconds, int Failures, IReadOnlyList<string> Problems)
{
    public static readonly JsonSerializerOptions Shape = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
