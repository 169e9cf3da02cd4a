using System.Globalization;
using Spectre.Console;
using Watchdog.Cli.Acts;
using Watchdog.Policy.Bulks;

namespace Watchdog.Cli.Cases;

/// <summary>What is about to be asked of many cases, and what came of it, for people.</summary>
internal static class BulkPage
{
    private const int First = 20;

    public static void Print(IAnsiConsole console, string kind, IReadOnlyList<BulkItem> cases, ReleaseEffort? effort, DateTimeOffset now)
    {
        console.WriteLine(effort is null ? $"{cases.Count} case(s) to {kind.Replace('_', ' ')}."
            : $"{cases.Count} case(s): on {effort.ToUndo} VM(s) something is undone, on {cases.Count - effort.ToUndo} nothing was done and what waits is withdrawn.");
        console.WriteLine($"By class: {Counts(cases, of => of.Class, int.MaxValue)}.");
        console.WriteLine(Screen.Plain($"By owner: {Counts(cases, of => of.Owner, First)}."));
        foreach (var of in cases.Take(First))
        {
            console.WriteLine(Screen.Plain(string.Create(CultureInfo.InvariantCulture,
                $"  case {of.CaseId}  {of.InstanceId}  {of.Owner}  {of.Class}  {of.CaseState}")));
        }

        if (cases.Count > First)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  … and {cases.Count - First} more."));
        }

        if (effort is not { Estimate: { } estimate })
        {
            return;
        }

        console.WriteLine(estimate.Most == TimeSpan.Zero ? "No call to AWS is needed."
            : $"Estimated time: {EstimateWords.Span(estimate.Least)} to {EstimateWords.Span(estimate.Most)}, until {Screen.At(now + estimate.Most)} at the latest"
                + (estimate.Bottleneck is { } bucket ? $"; the slowest rate is that of {bucket}." : "."));
    }

    public static void Print(IAnsiConsole console, Bulk bulk, IReadOnlyList<BulkItem> items)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("case", "VM", "result", "how");
        foreach (var item in items)
        {
            table.AddRow(
                item.CaseId.ToString(CultureInfo.InvariantCulture), Screen.Cell(item.InstanceId), Screen.Cell(item.State),
                Screen.Cell(item.Outcome ?? "no worker has taken it yet"));
        }

        console.Write(table);
        console.WriteLine(Tally(bulk));
    }

    /// <summary>How many stand where.</summary>
    public static string Tally(Bulk bulk) =>
        string.Join(", ", bulk.Counts.OrderBy(state => state.Key, StringComparer.Ordinal)
            .Select(state => string.Create(CultureInfo.InvariantCulture, $"{state.Value} {Words(state.Key)}")));

    private static string Words(string state) => state switch
    {
        "open" => "not taken yet",
        "accepted" => "under way",
        "withdrawn" => "taken back",
        _ => state,
    };

    private static string Counts(IReadOnlyList<BulkItem> cases, Func<BulkItem, string> by, int most)
    {
        var groups = cases.GroupBy(by).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        var words = string.Join(", ", groups.Take(most).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} {group.Count()}")));
        return groups.Count > most ? string.Create(CultureInfo.InvariantCulture, $"{words} and {groups.Count - most} more") : words;
    }
}
