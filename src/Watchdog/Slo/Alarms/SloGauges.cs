using System.Diagnostics.Metrics;
using Watchdog.Diagnostics;
using Watchdog.Slo.Burning;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;

namespace Watchdog.Slo.Alarms;

/// <summary>
/// The uptime gauges on meter <c>Watchdog</c>, by objective (<c>slo</c>), group and window. No instance id, and gauges throughout: minutes that are
/// corrected may become fewer.
/// </summary>
public sealed class SloGauges(IMeterFactory factory)
{
    private SloFigures? figures;
    private IReadOnlyList<Objective> objectives = [];

    /// <summary>Makes the instruments; they tell nothing before <see cref="Tell"/>.</summary>
    public void Register()
    {
        var meter = factory.Create(Meters.Name);
        meter.CreateObservableGauge("watchdog.slo.objective", () => objectives.Select(objective => new Measurement<double>((double)objective.Target, Tag("slo", objective.Name))),
            "1", "The share of good minutes that is promised, by objective.");
        meter.CreateObservableGauge("watchdog.slo.sli", () => Each(Long, (_, row) => row.Minutes.Sli), "1", "Good minutes of good and bad ones, by objective, group and window (28d, month).");
        meter.CreateObservableGauge("watchdog.slo.coverage", () => Each(_ => true, (_, row) => row.Minutes.Coverage), "1", "Share of the minutes in scope that are known, by objective, group and window.");
        meter.CreateObservableGauge(
            "watchdog.slo.error_budget.remaining", () => Each(Long, (objective, row) => Budget.Of(row.Minutes, objective.Target).Share),
            "1", "Share of the error budget that is left, by objective, group and window: below 0 it is overspent.");
        meter.CreateObservableGauge(
            "watchdog.slo.burn_rate", () => Each(row => !Long(row), (objective, row) => (double?)BurnRate.Of(row.Minutes, objective.Target)),
            null, "How many times faster than allowed the error budget burns, by objective, group and window.");
        meter.CreateObservableGauge(
            "watchdog.slo.alarm.firing", () => (figures?.Alarms ?? []).Select(alarm => new Measurement<int>(
                alarm.Firing ? 1 : 0, Tag("slo", alarm.Key.Slo), Tag("group", alarm.Key.Group), Tag("rung", alarm.Key.Rung))),
            null, "1 while a burn rate or a step fires as the worker judges it, by objective, group and rung (14.4/1h+5m ..., step); frozen, it stays what it was.");
        meter.CreateObservableGauge(
            "watchdog.slo.watermark.timestamp",
            () => (figures?.Watermarks ?? []).Select(mark => new Measurement<double>(Minute.At(mark.Minute).ToUnixTimeSeconds(), Tag("region", mark.Region))),
            "s", "Fleet time up to which the uptime books are written, by Region.");
        meter.CreateObservableGauge(
            "watchdog.slo.time",
            () => (figures?.Month ?? []).Select(row => new Measurement<double>(
                row.Minutes * 60.0, Tag("class", Causes.ClassOf(row.Cause).ToString().ToLowerInvariant()), Tag("cause", Causes.NameOf(row.Cause)), Tag("region", row.Region))),
            "s", "VM-seconds of the calendar month so far, by class, cause and Region; fewer where minutes were corrected. Prometheus wants seconds.");
    }

    /// <summary>What they tell from now on.</summary>
    public void Tell(SloFigures now, IReadOnlyList<Objective> promised) => (figures, objectives) = (now, promised);

    private static bool Long(Standing row) => row.Span is Standing.Rolling or Standing.Month;

    private IEnumerable<Measurement<double>> Each(Func<Standing, bool> which, Func<Objective, Standing, double?> value)
    {
        var byName = objectives.ToDictionary(objective => objective.Name, StringComparer.Ordinal);
        foreach (var row in (figures?.Standings ?? []).Where(which))
        {
            if (byName.TryGetValue(row.Slo, out var objective) && value(objective, row) is { } known)
            {
                yield return new(known, Tag("slo", row.Slo), Tag("group", row.Group), Tag("window", row.Span));
            }
        }
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
