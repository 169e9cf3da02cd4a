using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Watchdog.Cli.Appeals;
using Watchdog.Ledger;

namespace Watchdog.Cli.Cases;

/// <summary>One case on a page for people, in the order of their questions: what, why, what was done, who said what. The headline's reason is not repeated.</summary>
internal static class CasePage
{
    public static void Print(IAnsiConsole console, WholeCase whole)
    {
        var of = whole.Case;
        var closed = of.ClosedAt is { } at ? $", closed {Screen.At(at)}" : "";
        Line(console, string.Create(CultureInfo.InvariantCulture, $"Case {of.Id}: {of.Class} on {of.InstanceId} of {of.Owner}, score {of.Score:F2}, {of.State}"));
        Line(console, $"Opened {Screen.At(of.OpenedAt)}{closed}; rules {of.RuleVersion}; version {of.Version}.");
        if (of.Clock is { } clock)
        {
            Line(console, $"Clock: {clock.Words()}.");
        }

        if (of.Assignee is { } assignee)
        {
            Line(console, $"Handed to {assignee}.");
        }

        Line(console, of.Reason);
        foreach (var episode in whole.Episodes)
        {
            EvidenceTable.Print(console, episode, of.Reason);
        }

        Title(console, "Acts", whole.Acts.Count, "Nothing was done and nothing is proposed.");
        foreach (var act in whole.Acts)
        {
            ActTable.Print(console, act, [.. whole.Steps.Where(step => step.ActId == act.Id)], of.Reason);
        }

        Title(console, "Requests", whole.Requests.Count, "Nobody asked for anything.");
        foreach (var r in whole.Requests)
        {
            Line(console, $"  {Screen.At(r.At)}  {r.Kind} by {r.Actor}: {r.State}{(r.Outcome is null ? "" : $"; {r.Outcome}")}");
        }

        Title(console, "Rulings", whole.Rulings.Count, "Nobody has ruled.");
        foreach (var r in whole.Rulings)
        {
            Line(console, $"  {Screen.At(r.At)}  {r.Ruling} by {r.Actor}: {r.Reason}");
        }

        if (whole.Appeal is { } appeal)
        {
            Title(console, "Appeal", 1, "");
            Line(console, $"  {Screen.At(appeal.At)}  its owner: {appeal.Words}");
            Line(console, $"  {AppealWords.Of(appeal)}");
        }

        Title(console, "Audit", whole.Audit.Count, "Empty.");
        foreach (var a in whole.Audit)
        {
            Line(console, $"  {Screen.At(a.At)}  {a.What} by {a.Actor}{ReasonIn(a.DataJson, of.Reason)}");
        }
    }

    /// <summary>Writes one line in which nothing is obeyed.</summary>
    public static void Line(IAnsiConsole console, string text) => console.WriteLine(Screen.Plain(text));

    private static void Title(IAnsiConsole console, string title, int count, string none)
    {
        console.WriteLine();
        console.WriteLine(count == 0 ? $"{title}: {none}" : $"{title}:");
    }

    // The case's own reason stands above already; said once is enough.
    private static string ReasonIn(string json, string headline) =>
        LedgerJson.Embed(json) is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("reason", out var reason)
            && reason.ValueKind == JsonValueKind.String && reason.GetString() is { } text && text != headline ? $": {text}" : "";
}
