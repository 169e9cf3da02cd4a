using System.Globalization;
using Spectre.Console;
using Watchdog.Cli.Cases;
using Watchdog.Enforcement.Plans;

namespace Watchdog.Cli;

/// <summary>A plan for people: what is done in which order, how it is seen, how it is undone, and what will not come back.</summary>
internal static class PlanPage
{
    public static void Print(IAnsiConsole console, string act, Plan plan)
    {
        if (plan.Refused is { } reason)
        {
            CasePage.Line(console, $"{act}: would be refused. {reason}");
            return;
        }

        CasePage.Line(console, $"{act}: {plan.Summary}.");
        var table = new Table().Border(TableBorder.Minimal).AddColumns("step", "target", "now", "wanted", "seen by", "undo", "limit");
        foreach (var (step, index) in plan.Steps.Select((step, index) => (step, index)))
        {
            table.AddRow(
                string.Create(CultureInfo.InvariantCulture, $"{index + 1} {Screen.Cell(step.IamAction)}"), Screen.Cell(step.Target), Screen.Cell(step.Before.Words),
                Screen.Cell(step.Skip is { } skip ? $"nothing to do: {skip}" : step.Wanted.Words), Screen.Cell(step.Verify),
                Screen.Cell(step.Undo?.Words ?? "nothing to put back"), string.Create(CultureInfo.InvariantCulture, $"{step.LimitSeconds} s"));
        }

        console.Write(table);
        List(console, "A release does not bring back:", plan.NotBroughtBack);
        List(console, "Not as it was before:", plan.Differs ?? []);
    }

    private static void List(IAnsiConsole console, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        CasePage.Line(console, title);
        foreach (var line in lines)
        {
            CasePage.Line(console, $"  - {line}");
        }
    }
}
