using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Watchdog.Policy;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Cli.Exceptions;

/// <summary>Exemptions for people, and as JSON.</summary>
internal static class ExemptionTable
{
    private static readonly string[] Columns = ["id", "kind", "subject", "from", "until", "ended", "VMs", "author", "reason"];

    public static void Print(ParseResult parse, IReadOnlyList<StaleExemption> rows, bool json, string none)
    {
        var output = parse.InvocationConfiguration.Output;
        if (json)
        {
            output.WriteLine(CliJson.Write(new ExemptionsJson([.. rows.Select(ExemptionJson.Of)])));
            return;
        }

        if (rows.Count == 0)
        {
            output.WriteLine(none);
            return;
        }

        var stale = rows.Any(row => row.Why.Length > 0);
        var table = new Table().Border(TableBorder.Minimal).AddColumns(stale ? [.. Columns, "stale"] : Columns);
        foreach (var (of, why) in rows)
        {
            string[] cells =
            [
                of.Id.ToString(CultureInfo.InvariantCulture), of.Kind, Screen.Cell(of.Subject), Screen.At(of.FromAt), Screen.At(of.UntilAt), Screen.At(of.EndedAt),
                of.Matches.ToString(CultureInfo.InvariantCulture), Screen.Cell(of.ApprovedBy is { } second ? $"{of.Author}, approved by {second}" : of.Author), Screen.Cell(of.Reason),
            ];
            table.AddRow(stale ? [.. cells, why] : cells);
        }

        Screen.On(output).Write(table);
    }
}
