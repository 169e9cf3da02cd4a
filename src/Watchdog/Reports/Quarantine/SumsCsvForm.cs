using System.Globalization;
using Watchdog.Ledger;

namespace Watchdog.Reports.Quarantine;

/// <summary>The sums as a table: a row a class, and one of all; RFC 4180 with a header. Beside <see cref="CsvForm"/>, in whose table each row is a case.</summary>
public sealed class SumsCsvForm(TextWriter output) : IReportForm
{
    private static readonly string[] Times = ["detection", "containment", "verification", "ruling"];

    /// <inheritdoc/>
    public bool ShowsCases => false;

    /// <inheritdoc/>
    public bool ShowsCurves => false;

    /// <inheritdoc/>
    public async Task BeginAsync(ReportSpan span, Summary summary)
    {
        await RowAsync(
        [
            "class", "cases", .. Enum.GetValues<CaseOutcome>().Select(outcome => CaseOutcomes.NameOf(outcome).Replace(' ', '_')), "ruled", .. PrecisionOf(""),
            .. Times.SelectMany(time => (string[])[$"{time}_count", $"{time}_median_minutes", $"{time}_p90_minutes"]), "window_days", .. PrecisionOf("window_"), "may_act",
        ]);
        var classes = summary.Classes.ToDictionary(one => one.Class, StringComparer.Ordinal);
        var detectors = summary.Detectors.ToDictionary(one => one.Class, StringComparer.Ordinal);
        // A detector without a case in the span has its precision all the same.
        foreach (var name in classes.Keys.Union(detectors.Keys).Order(StringComparer.Ordinal))
        {
            await RowAsync([.. SumsOf(name, classes.GetValueOrDefault(name)), .. DetectorOf(detectors.GetValueOrDefault(name))]);
        }

        await RowAsync([.. SumsOf(summary.All.Class, summary.All), .. DetectorOf(null)]);
    }

    /// <inheritdoc/>
    public Task CaseAsync(ReportedCase of, Curves curves) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task EndAsync() => Task.CompletedTask;

    private static string[] PrecisionOf(string of) => [$"{of}right", $"{of}wrong", $"{of}precision", $"{of}precision_low", $"{of}precision_high"];

    private static IEnumerable<string> SumsOf(string name, ClassSummary? of) =>
    [
        name, Number(of?.Cases ?? 0), .. Enum.GetValues<CaseOutcome>().Select(outcome => Number(of?.Count(outcome) ?? 0)), Number(of?.Ruled ?? 0), .. Cells(of?.Precision),
        .. Cells(of?.Detection), .. Cells(of?.Containment), .. Cells(of?.Verification), .. Cells(of?.Ruling),
    ];

    private static string[] DetectorOf(DetectorPrecision? of) => [of is null ? "" : Number(of.Window.TotalDays), .. Cells(of?.Precision), of is null ? "" : of.Demoted ? "no" : "yes"];

    private static string[] Cells(Precision? of) => of is null || double.IsNaN(of.Share) ? ["0", "0", "", "", ""]
        : [Number(of.Right), Number(of.Wrong), Share(of.Share), Share(of.Low), Share(of.High)];

    private static string[] Cells(Spread? of) => of is not { Count: > 0 } known ? ["0", "", ""] : [Number(known.Count), Minutes(known.Median), Minutes(known.P90)];

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    // As in the cases' table: a clock that jumped may give less than none, and a minus would look like a formula.
    private static string Minutes(double value) => Math.Max(0, value).ToString("0.0", CultureInfo.InvariantCulture);

    private Task RowAsync(IEnumerable<string> cells) => output.WriteAsync(string.Join(',', cells.Select(SafeText.Csv)) + "\r\n");
}
