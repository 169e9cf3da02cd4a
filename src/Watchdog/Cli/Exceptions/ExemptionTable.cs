using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Watchdog.Policy;

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
            output.WriteLine(CliJson.Write(new ExemptionsJson([.. rows.Select(Json)])));
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

    private static ExemptionJson Json(StaleExemption row) => new(
        row.Exemption.Id, row.Exemption.Kind, row.Exemption.Subject, row.Exemption.FromAt, row.Exemption.UntilAt, row.Exemption.EndedAt, row.Exemption.Matches,
        row.Exemption.MatchedAt, row.Exemption.Author, row.Exemption.ApprovedBy, row.Exemption.CaseId, row.Exemption.Reason, row.Why.Length > 0 ? row.Why : null);

    /// <summary>The JSON; its names are a contract.</summary>
    private sealed record ExemptionsJson(IReadOnlyList<ExemptionJson> Exemptions);

    /// <summary>One exemption.</summary>
    /// <param name="Vms">How many VMs it has kept from an act.</param>
    /// <param name="ApprovedBy">Who approved it beside its author; null where its scope needs one person.</param>
    /// <param name="Stale">Why somebody should look at it; null in a plain list.</param>
    private sealed record ExemptionJson(
        long Id, string Kind, string Subject, DateTimeOffset FromAt, DateTimeOffset UntilAt, DateTimeOffset? EndedAt, int Vms, DateTimeOffset? MatchedAt,
        string Author, string? ApprovedBy, long? CaseId, string Reason, string? Stale);
}
