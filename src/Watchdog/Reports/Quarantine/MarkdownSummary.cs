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
            await output.WriteAsync("No case was opened.\n");
            return;
        }

        var outcomes = Enum.GetValues<CaseOutcome>().Where(outcome => of.Classes.Any(c => c.Count(outcome) > 0)).ToList();
        await RowAsync(output, ["class", "cases", .. outcomes.Select(CaseOutcomes.NameOf)]);
        await RuleAsync(output, outcomes.Count + 2);
        foreach (var c in of.Classes)
        {
            await RowAsync(output, [SafeText.Markdown(c.Class), Number(c.Cases), .. outcomes.Select(outcome => Number(c.Count(outcome)))]);
        }

        await RowAsync(output, ["all", Number(of.Cases), .. outcomes.Select(outcome => Number(of.Classes.Sum(c => c.Count(outcome))))]);
        await output.WriteAsync("\nMinutes from the onset, median / 90th percentile (cases):\n\n");
        await RowAsync(output, ["class", "to detection", "to containment", "to verification", "ruled", "precision (95 % interval)"]);
        await RuleAsync(output, 6);
        foreach (var c in of.Classes)
        {
            await RowAsync(output, [SafeText.Markdown(c.Class), Words(c.Detection), Words(c.Containment), Words(c.Verification), Number(c.Ruled), Words(c.Precision)]);
        }

        await output.WriteAsync(string.Create(CultureInfo.InvariantCulture,
            $"\n- Interfaces open between two groups: {of.Exposures}, {of.ExposedSeconds:0.0} s together, {of.LongestExposure:0.0} s the longest{(of.StillExposed > 0 ? $"; **{of.StillExposed} without a recorded cover**" : "")}.\n"));
        await output.WriteAsync($"- Acts refused: {Number(of.Refused)}.\n");
        foreach (var (why, acts) in of.Refusals)
        {
            await output.WriteAsync($"    - {Number(acts)}: {SafeText.Markdown(why)}\n");
        }

        await output.WriteAsync($"- Cases released: {Number(of.Releases)}.\n\n");
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
