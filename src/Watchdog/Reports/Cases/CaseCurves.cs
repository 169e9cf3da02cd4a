using System.Globalization;
using Watchdog.Detection;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Reports.Pages;
using Watchdog.Reports.Quarantine;
using Watchdog.Telemetry;
using Watchdog.Telemetry.Streaming;

namespace Watchdog.Reports.Cases;

/// <summary>The curves of a case's page: what the evidence froze, what a metric stream has of the last hours, and CloudWatch's points where somebody asks for them.</summary>
public sealed class CaseCurves(WindowTable streamed, IMetricSource metrics, ScopeCatalog scopes, Clocks clocks)
{
    // The stream's table reaches no further back.
    private static readonly TimeSpan Streamed = TimeSpan.FromHours(4);

    /// <summary>Reads them.</summary>
    /// <param name="frozen">The evidence's facts, oldest first.</param>
    /// <param name="contexts">What triage had read of the day before.</param>
    /// <param name="band">Where the VM's CPU usually lay when it was decided; null: that was not kept.</param>
    /// <param name="fill">Whether CloudWatch is asked, which is billed.</param>
    public async Task<CaseCharts> ReadAsync(ReportedCase of, IReadOnlyList<Frozen> frozen, IEnumerable<KeptContext> contexts, UsualBand? band, bool fill, CancellationToken ct)
    {
        var curves = Curves.OfEvidence(of.DecidedAt, frozen);
        curves.FillContexts(contexts);
        var kept = curves.Cpu.Known;
        if (clocks.Fleet.GetUtcNow() - curves.Cpu.Start < Streamed + TimeSpan.FromSeconds((double)Curves.Periods * Curves.PeriodSeconds))
        {
            await new StreamedCurves(streamed).FillAsync(of.Case, curves, ct);
        }

        var with = curves.Cpu.Known;
        if (fill)
        {
            await new CloudWatchCurves(metrics, scopes, whole: true).FillAsync(of.Case, curves, ct);
        }

        return new(curves, band, [.. MarksOf(of)], Sources(kept, with - kept, fill ? curves.Cpu.Known - with : null), fill);
    }

    private static string Sources(int frozen, int streamed, int? filled) => string.Create(CultureInfo.InvariantCulture,
        $"Of {Curves.Periods} points of the CPU, {frozen} were frozen with the evidence{(streamed > 0 ? $", {streamed} are of the metric stream" : "")}{(filled is { } of ? $", {of} of CloudWatch" : "")}{(frozen + streamed + (filled ?? 0) < Curves.Periods ? "; nobody knows the others" : "")}.");

    // What a reader looks for on a curve: when it began, when it was seen, what was done.
    private static IEnumerable<ChartMark> MarksOf(ReportedCase of)
    {
        foreach (var (episode, _) in of.Findings)
        {
            yield return new(episode.Onset, $"{ClassMark.Words(episode.Class)} begins");
        }

        yield return new(of.Case.OpenedAt, "case opened");
        var times = of.Times;
        if (times.Contained is { } contained)
        {
            yield return new(contained, "contained");
        }

        if (times.Verified is { } verified)
        {
            yield return new(verified, "verified");
        }

        if (times.Released is { } released)
        {
            yield return new(released, "released");
        }
    }
}
