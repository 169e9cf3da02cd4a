using System.CommandLine;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Policy;
using Watchdog.Reports.Quarantine;
using Watchdog.Telemetry;

namespace Watchdog.Cli;

/// <summary><c>watchdog report quarantine</c>: for those who ask whether it was right.</summary>
internal static class ReportCommand
{
    public static Command Create() => new("report", "Write a report out of the ledger.") { Quarantine() };

    private static Command Quarantine()
    {
        var since = new Option<string>("--since") { Description = "Cases opened since: an instant (2026-01-31T12:00Z, UTC where it names no zone), or how long ago (30m, 24h, 7d).", HelpName = "WHEN", DefaultValueFactory = _ => "7d" };
        var until = new Option<string?>("--until") { Description = "And before; default: now.", HelpName = "WHEN" };
        var format = new Option<string>("--format") { Description = "md for people, json for programs (docs/reports.md), csv for a spreadsheet, sums for one with the sums alone.", HelpName = "md|json|csv|sums", DefaultValueFactory = _ => "md" };
        format.AcceptOnlyFromAmong("md", "json", "csv", "sums");
        var charts = new Option<string>("--charts") { Description = "Where points come from: what the evidence froze, or also CloudWatch (credentials; three billed metrics a case).", HelpName = "evidence|cloudwatch", DefaultValueFactory = _ => "evidence" };
        charts.AcceptOnlyFromAmong("evidence", "cloudwatch");
        var file = new Option<FileInfo?>("--out") { Description = "Write into this file, which appears when it is whole; default: standard output.", HelpName = "FILE" };
        var command = new Command("quarantine", "Each case with its evidence, acts, times and rulings; sums, latencies and precision first.") { since, until, format, charts, file };
        command.SetAction((parse, ct) =>
        {
            return parse.GetValue(charts) == "cloudwatch" ? WithAwsAsync(parse, WriteAsync, ct) : LedgerHost.RunAsync(parse, services => WriteAsync(services, new EvidenceOnly()), ct);

            async Task<int> WriteAsync(IServiceProvider services, ICurveSource source)
            {
                var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
                var span = new ReportSpan(SinceWhen.Read(parse.GetRequiredValue(since), now)!.Value, SinceWhen.Read(parse.GetValue(until), now, "--until") ?? now, now);
                if (span.Since >= span.Until)
                {
                    throw new UsageException($"--since ({Screen.At(span.Since)}) must lie before --until ({Screen.At(span.Until)}): nothing lies between them.");
                }

                var report = new QuarantineReport(
                    services.GetRequiredService<NpgsqlDataSource>(), source, services.GetRequiredService<IOptions<PolicyOptions>>().Value.Precision.Window);
                if (parse.GetValue(file) is not { } path)
                {
                    await report.WriteAsync(span, FormOf(parse.GetRequiredValue(format), parse.InvocationConfiguration.Output), ct);
                    return ExitCodes.Ok;
                }

                var cases = await WholeFile.WriteAsync(path, output => report.WriteAsync(span, FormOf(parse.GetRequiredValue(format), output), ct));
                await parse.InvocationConfiguration.Output.WriteLineAsync(FormattableString.Invariant($"{cases} cases in {path.FullName}"));
                return ExitCodes.Ok;
            }
        });
        return command;
    }

    private static IReportForm FormOf(string format, TextWriter output) => format switch
    {
        "json" => new JsonForm(output),
        "csv" => new CsvForm(output),
        "sums" => new SumsCsvForm(output),
        _ => new MarkdownForm(output),
    };

    private static Task<int> WithAwsAsync(ParseResult parse, Func<IServiceProvider, ICurveSource, Task<int>> body, CancellationToken ct) => CommandEdge.RunAsync(async () =>
    {
        var builder = CliHost.Create(parse, quiet: LogLevel.Warning);
        builder.Services.AddWorker(builder.Configuration);
        using var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, ct);
        return await body(host.Services, new CloudWatchCurves(
            host.Services.GetRequiredService<IMetricSource>(), host.Services.GetRequiredService<ScopeCatalog>()));
    }, ct, parse.InvocationConfiguration.Error);
}
