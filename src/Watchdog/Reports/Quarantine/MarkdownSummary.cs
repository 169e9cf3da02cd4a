using System.Globalization;
using Watchdog.Ledger;

namespace Watchdog.Reports.Quarantine;

/// <summary>The report's first page: what all cases come to.</summary>
internal static class MarkdownSummary
{
    public static async Task WriteAsync(TextWriter output, Summary of)
    {
        await output.WriteAsync("## Summary\n\n");
        if (of.Cases == 0)
        {
            await output.WriteAsync("No case was opened.\n\n");
            await PrecisionAsync(output, of);
            return;
        }

        await RowAsync(output, ["class", "cases", .. of.Outcomes.Select(CaseOutcomes.NameOf)]);
        await RuleAsync(output, of.Outcomes.Count + 2);
        foreach (var c in of.Classes.Append(of.All))
        {
            await RowAsync(output, [SafeText.Markdown(c.Class), Number(c.Cases), .. of.Outcomes.Select(outcome => Number(c.Count(outcome)))]);
        }

        await output.WriteAsync("\nMinutes from the onset, and from the opening to the first ruling, median / 90th percentile (cases):\n\n");
        await RowAsync(output, ["class", "to detection", "to containment", "to verification", "opening to ruling", "ruled", "precision (Wilson's 95 % interval)"]);
        await RuleAsync(output, 7);
        foreach (var c in of.Classes.Append(of.All))
        {
            await RowAsync(
                output, [SafeText.Markdown(c.Class), Words(c.Detection), Words(c.Containment), Words(c.Verification), Words(c.Ruling), Number(c.Ruled), Words(c.Precision)]);
        }

        await output.WriteAsync(string.Create(CultureInfo.InvariantCulture,
            $"\n- Interfaces open between two groups: {of.Exposed.Interfaces}, {of.Exposed.Seconds:0.0} s together, {of.Exposed.Longest:0.0} s the longest{(of.Exposed.StillOpen > 0 ? $"; **{of.Exposed.StillOpen} without a recorded cover**" : "")}.\n"));
        await output.WriteAsync($"- Acts refused: {Number(of.Refused)}.\n");
        foreach (var (why, acts) in of.Refusals)
        {
            await output.WriteAsync($"    - {Number(acts)}: {SafeText.Markdown(why)}\n");
        }

        await output.WriteAsync($"- Cases released: {Number(of.Releases)}.\n\n");
        await PrecisionAsync(output, of);
    }

    private static async Task PrecisionAsync(TextWriter output, Summary of)
    {
        if (of.Detectors is not [var first, ..])
        {
            return;
        }

        await output.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"Precision of each detector, by the rulings of the last {first.Window.TotalDays:0.#} days:\n\n"));
        await RowAsync(output, ["detector", "precision (Wilson's 95 % interval)", "may act by itself"]);
        await RuleAsync(output, 3);
        foreach (var detector in of.Detectors)
        {
            await RowAsync(output, [SafeText.Markdown(detector.Class), Words(detector.Precision), detector.Demoted ? "no" : "yes"]);
        }

        await output.WriteAsync("\n");
    }

    private static string Words(Spread of) => of.Count == 0 ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{of.Median:0.0} / {of.P90:0.0} ({of.Count})");

    private static string Words(Precision of) => double.IsNaN(of.Share) ? "unknown"
        : string.Create(CultureInfo.InvariantCulture, $"{of.Share:0.00} ({of.Low:0.00} to {of.High:0.00}), {of.Right} of {of.Right + of.Wrong}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static Task RowAsync(TextWriter output, IEnumerable<string> cells) => output.WriteAsync($"| {string.Join(" | ", cells)} |\n");

    private static Task RuleAsync(TextWriter output, int columns) =>
        output.WriteAsync("|---|" + string.Concat(Enumerable.Repeat("---:|", columns - 1)) + "\n");
}
