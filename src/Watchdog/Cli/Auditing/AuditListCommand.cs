using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Ledger.Auditing;
using Watchdog.Ledger;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Cli.Auditing;

/// <summary><c>watchdog audit list</c>.</summary>
internal static class AuditListCommand
{
    public static Command Create()
    {
        var subject = new Option<string?>("--subject") { Description = "Only about this: case:17, brake.", HelpName = "SUBJECT" };
        var actor = new Option<string?>("--actor") { Description = "Only by this one; watchdog is what it did by itself.", HelpName = "NAME" };
        var since = new Option<string?>("--since") { Description = "Only since: an instant (2026-01-31T12:00Z, UTC where it names no zone), or how long ago (30m, 24h, 7d).", HelpName = "WHEN" };
        var limit = new Option<int>("--limit") { Description = "At most so many, newest first; 1 to 10000.", HelpName = "N", DefaultValueFactory = _ => 200 };
        limit.Within(1, 10_000, "1 to 10000");
        var json = GlobalOptions.Json();
        var command = new Command("list", "List the trail's lines, newest first.") { subject, actor, since, limit, json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            var filter = new AuditFilter(
                parse.GetValue(subject), parse.GetValue(actor), SinceWhen.Read(parse.GetValue(since), now), parse.GetRequiredValue(limit));
            var lines = await services.GetRequiredService<AuditTrail>().ListAsync(filter, ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(new { lines = lines.Select(AuditLineJson.Of) }));
            }
            else
            {
                Print(Screen.On(output), lines, filter.Limit);
            }

            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static void Print(IAnsiConsole console, IReadOnlyList<AuditRecord> lines, int limit)
    {
        if (lines.Count == 0)
        {
            console.WriteLine("No line.");
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("line", "at", "actor", "what", "subject", "rules", "evidence", "data");
        foreach (var line in lines)
        {
            table.AddRow(
                line.Id.ToString(CultureInfo.InvariantCulture), Screen.At(line.At), Screen.Cell(line.Actor), Screen.Cell(line.What),
                Screen.Cell(line.Subject), Screen.Cell(line.RuleVersion), line.EvidenceSha256?[..12] ?? "", Screen.Cell(line.DataJson));
        }

        console.Write(table);
        if (lines.Count == limit)
        {
            console.WriteLine($"The newest {limit}; --limit shows more.");
        }
    }
}
