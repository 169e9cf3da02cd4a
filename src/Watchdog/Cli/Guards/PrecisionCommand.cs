using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using Spectre.Console;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Policy;
using Watchdog.Policy.Trust;

namespace Watchdog.Cli.Guards;

/// <summary><c>watchdog precision</c>: how often each detector was right, by what people ruled, and whether it may act by itself.</summary>
internal static class PrecisionCommand
{
    private static readonly string[] Columns = ["detector", "right", "benign", "wrong", "left out", "precision", "95 % interval", "may act", "why"];

    public static Command Create()
    {
        var json = GlobalOptions.Json();
        var command = new Command("precision", "Show each detector's precision as people ruled on its cases, with its interval, and whether it may act by itself.") { json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var options = services.GetRequiredService<IOptions<PolicyOptions>>().Value.Precision;
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(ct);
            var counts = (await PrecisionTable.CountAsync(connection, null, now - options.Window, ct)).ToDictionary(count => count.Class);
            var standing = await PrecisionTable.StandingAsync(connection, null, ct);
            var rows = counts.Keys.Union(standing.Keys).Order(StringComparer.Ordinal)
                .Select(@class => Row(counts.GetValueOrDefault(@class) ?? RulingCounts.None(@class), standing.GetValueOrDefault(@class), options)).ToList();
            Print(parse, new PrecisionJson(options.Floor, options.LeastRulings, (int)options.Window.TotalDays, rows), parse.GetValue(json));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static DetectorJson Row(RulingCounts counts, (bool Demoted, string Reason, DateTimeOffset At) standing, PrecisionOptions options)
    {
        var measured = counts.Measured;
        return new(
            counts.Class, counts.TruePositive, counts.BenignPositive, counts.FalsePositive, counts.Duplicate, counts.Indeterminate,
            counts.Counted == 0 ? null : measured.Share, measured.Low, measured.High,
            standing.Demoted, standing.Demoted ? standing.At : null, standing.Demoted ? standing.Reason : PrecisionRules.Decide(counts, false, options).Reason);
    }

    private static void Print(ParseResult parse, PrecisionJson told, bool json)
    {
        var output = parse.InvocationConfiguration.Output;
        if (json)
        {
            output.WriteLine(CliJson.Write(told));
            return;
        }

        if (told.Detectors.Count == 0)
        {
            output.WriteLine($"Nobody has ruled on a case in the last {told.WindowDays} days.");
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns(Columns);
        foreach (var row in told.Detectors)
        {
            table.AddRow(
                row.Class, Number(row.TruePositive), Number(row.BenignPositive), Number(row.FalsePositive), Number(row.Duplicate + row.Indeterminate),
                row.Precision?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–",
                string.Create(CultureInfo.InvariantCulture, $"{row.IntervalLow:0.00} to {row.IntervalHigh:0.00}"), row.Demoted ? "only proposes" : "yes", Screen.Cell(row.Reason));
        }

        Screen.On(output).Write(table);
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>The command's JSON; its names are a contract.</summary>
    private sealed record PrecisionJson(double Floor, int LeastRulings, int WindowDays, IReadOnlyList<DetectorJson> Detectors);

    /// <summary>One detector.</summary>
    /// <param name="Precision">0 to 1; null while no ruling counts.</param>
    /// <param name="DemotedAt">Since when it only proposes; null where it may act.</param>
    private sealed record DetectorJson(
        string Class, int TruePositive, int BenignPositive, int FalsePositive, int Duplicate, int Indeterminate, double? Precision, double IntervalLow,
        double IntervalHigh, bool Demoted, DateTimeOffset? DemotedAt, string Reason);
}
