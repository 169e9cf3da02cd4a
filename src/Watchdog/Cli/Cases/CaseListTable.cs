using System.Globalization;
using Spectre.Console;
using Watchdog.Ledger;

namespace Watchdog.Cli.Cases;

/// <summary>Cases as a table for people.</summary>
internal static class CaseListTable
{
    public static void Print(IAnsiConsole console, IReadOnlyList<CaseRecord> cases, IReadOnlyDictionary<long, ActRecord> acts, int limit)
    {
        if (cases.Count == 0)
        {
            console.WriteLine("No case.");
            return;
        }

        var table = new Table().Border(TableBorder.Minimal);
        foreach (var (name, whole) in Columns)
        {
            table.AddColumn(new TableColumn(name) { NoWrap = whole });
        }

        foreach (var of in cases)
        {
            table.AddRow(
                of.Id.ToString(CultureInfo.InvariantCulture), Screen.At(of.OpenedAt), Screen.Cell(of.InstanceId), Screen.Cell(of.Owner), Screen.Cell(of.Class),
                Screen.Cell(of.State + (of.Clock is { } clock ? $", {clock.Words()}" : "") + (of.Assignee is { } assignee ? $", with {assignee}" : "")), of.Score.ToString("F2", CultureInfo.InvariantCulture),
                acts.TryGetValue(of.Id, out var act) ? Screen.Cell($"{act.Kind} {act.State}") : "nothing", Screen.Cell(of.Followers > 0 ? string.Create(CultureInfo.InvariantCulture, $"with {of.Followers} more VMs of its owner: {of.Reason}") : of.Reason));
        }

        console.Write(table);
        if (cases.Count == limit)
        {
            console.WriteLine($"The newest {limit}; --limit shows more.");
        }
    }

    private static readonly (string Name, bool Whole)[] Columns =
    [
        ("id", true), ("opened", true), ("VM", true), ("owner", false), ("class", true), ("state", false), ("score", true), ("done", false), ("reason", false),
    ];
}
