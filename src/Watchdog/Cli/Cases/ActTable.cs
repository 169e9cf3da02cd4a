using System.Globalization;
using Spectre.Console;
using Watchdog.Enforcement.Plans;
using Watchdog.Ledger;

namespace Watchdog.Cli.Cases;

/// <summary>One act with its steps: what was there, what was wanted, how it is undone.</summary>
internal static class ActTable
{
    public static void Print(IAnsiConsole console, ActRecord act, IReadOnlyList<StepRecord> steps, string headline)
    {
        CasePage.Line(console, $"  Act {act.Id}: {act.Kind}, {act.State}; proposed {Screen.At(act.ProposedAt)} by {act.Actor}{Told(", admitted ", act.AdmittedAt)}{Told(", ended ", act.DoneAt)}");
        if (act.Reason != headline)
        {
            CasePage.Line(console, $"    why: {act.Reason}");
        }

        if (act.ApprovedBy is { } person)
        {
            CasePage.Line(console, $"    approved by {person}");
        }
        else if (act.NeedsPerson && act.State == ActStates.Proposed)
        {
            CasePage.Line(console, $"    waits for a person: watchdog cases confirm {act.CaseId}");
        }

        if (act.Detail is { } detail)
        {
            CasePage.Line(console, $"    {detail}");
        }

        if (steps.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("step", "target", "state", "before", "wanted", "undo", "detail");
        foreach (var step in steps)
        {
            table.AddRow(
                string.Create(CultureInfo.InvariantCulture, $"{step.Ordinal + 1} {Screen.Cell(step.IamAction)}"), Screen.Cell(step.Target),
                Screen.Cell(step.State), Screen.Cell(Shape.WordsOf(step.BeforeJson)), Screen.Cell(Shape.WordsOf(step.WantedJson)),
                step.UndoJson is { } undo ? Screen.Cell(Shape.WordsOf(undo)) : "nothing to put back", Screen.Cell(step.Detail));
        }

        console.Write(table);
    }

    private static string Told(string word, DateTimeOffset? at) => at is null ? "" : word + Screen.At(at);
}
