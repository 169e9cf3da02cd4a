using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;
using Watchdog.Aws;
using Watchdog.Owners;
using Watchdog.Sweeps;

namespace Watchdog.Cli;

/// <summary><c>watchdog sweep</c>: one complete pass over the configured scopes, then exit.</summary>
internal static class SweepCommand
{
    public static Command Create()
    {
        var json = GlobalOptions.Json();
        var command = new Command("sweep", "One complete pass: inventory, status, screen, inspection, verdicts, and acts as the mode allows.") { json };
        command.SetAction((parse, ct) => CommandEdge.RunAsync(async () =>
        {
            var builder = CliHost.Create(parse, quiet: LogLevel.Warning);
            builder.Services.AddWorker(builder.Configuration).AddWarningReceiver();
            using var host = builder.Build();
            await using var services = (IAsyncDisposable)host;
            await SchemaGate.PassAsync(host.Services, ct);
            var report = await host.Services.GetRequiredService<Pipeline>().OnceAsync(ct);
            var pass = SweepPass.Of(report, host.Services.GetRequiredService<CallMeter>().Snapshot().Calls);
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
    public static readonly JsonSerializerOptions Shape = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // Standard output is no web page: a plus sign may look like one.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static SweepPass Of(SweepReport report, IReadOnlyDictionary<string, long> calls) => new(
        report.Vms, report.Judged, report.Unknown, report.Findings, report.ActsPlanned, report.ActsDone, calls,
        report.Seconds.ToDictionary(stage => stage.Key, stage => Math.Round(stage.Value, 3)), report.Failures, report.Problems);
}
