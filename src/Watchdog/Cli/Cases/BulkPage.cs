using System.Globalization;
using Spectre.Console;
using Watchdog.Cli.Acts;
using Watchdog.Enforcement.Governing;
using Watchdog.Ledger;

namespace Watchdog.Cli.Cases;

/// <summary>What a bulk release is about to undo, and what came of it, for people.</summary>
internal static class BulkPage
{
    private const int First = 20;

    public static void Print(IAnsiConsole console, IReadOnlyList<CaseRecord> cases, int toUndo, Estimate estimate, DateTimeOffset now)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{cases.Count} case(s): on {toUndo} VM(s) something is undone, on {cases.Count - toUndo} nothing was done and what waits is withdrawn."));
        console.WriteLine($"By class: {Counts(cases, of => of.Class, int.MaxValue)}.");
        console.WriteLine(Screen.Plain($"By owner: {Counts(cases, of => of.Owner, First)}."));
        foreach (var of in cases.Take(First))
        {
            console.WriteLine(Screen.Plain(string.Create(CultureInfo.InvariantCulture,
                $"  case {of.Id}  {of.InstanceId}  {of.Owner}  {of.Class}  {of.State}  since {Screen.At(of.OpenedAt)}")));
        }

        if (cases.Count > First)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  … and {cases.Count - First} more."));
        }

        console.WriteLine(estimate.Most == TimeSpan.Zero ? "No call to AWS is needed."
            : $"Estimated time: {EstimateWords.Span(estimate.Least)} to {EstimateWords.Span(estimate.Most)}, until {Screen.At(now + estimate.Most)} at the latest"
                + (estimate.Bottleneck is { } bucket ? $"; the slowest rate is that of {bucket}." : "."));
    }

    public static void Print(IAnsiConsole console, IReadOnlyList<CaseRecord> cases, IReadOnlyList<RequestRecord> requests)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("case", "VM", "result", "how");
        var vms = cases.ToDictionary(of => of.Id, of => of.InstanceId);
        foreach (var request in requests)
        {
            table.AddRow(
                request.CaseId.ToString(CultureInfo.InvariantCulture), Screen.Cell(vms[request.CaseId]), Screen.Cell(request.State),
                Screen.Cell(request.Outcome ?? "no worker has taken it yet"));
        }

        console.Write(table);
        console.WriteLine(Tally(requests));
    }

    /// <summary>How many stand where.</summary>
    public static string Tally(IReadOnlyList<RequestRecord> requests) =>
        string.Join(", ", requests.GroupBy(request => request.State).OrderBy(state => state.Key, StringComparer.Ordinal)
            .Select(state => string.Create(CultureInfo.InvariantCulture, $"{state.Count()} {Words(state.Key)}")));

    private static string Words(string state) => state switch
    {
        "open" => "not taken yet",
        "accepted" => "under way",
        _ => state,
    };

    private static string Counts(IReadOnlyList<CaseRecord> cases, Func<CaseRecord, string> by, int most)
    {
        var groups = cases.GroupBy(by).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        var words = string.Join(", ", groups.Take(most).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} {group.Count()}")));
        return groups.Count > most ? string.Create(CultureInfo.InvariantCulture, $"{words} and {groups.Count - most} more") : words;
    }
}
