using Watchdog.Slo.Minutes;
using Watchdog.Slo.Reading;

namespace Watchdog.Slo.Telling;

/// <summary>Hours joined into days, and intervals cut into steps. Pure.</summary>
public static class Steps
{
    // What a line of a terminal holds.
    private const int MostSteps = 60;

    /// <summary>The length of a step that suits a span, minutes: five, a quarter of an hour, an hour or a day.</summary>
    public static int LengthFor(int minutes) => ((int[])[5, 15, 60]).FirstOrDefault(step => minutes <= step * MostSteps, Minute.Day);

    /// <summary>Hours as UTC days.</summary>
    public static IReadOnlyList<SeriesPoint> Days(IEnumerable<SeriesPoint> hours) =>
    [
        .. hours.GroupBy(hour => hour.At / Minute.Day * Minute.Day).Select(day => new SeriesPoint(day.Key, Sum(day.Select(hour => hour.Minutes)))),
    ];

    /// <summary>Intervals cut into steps that begin at whole ones; steps without a minute are absent.</summary>
    public static IReadOnlyList<SeriesPoint> Cut(IEnumerable<Interval> intervals, int step)
    {
        SortedDictionary<int, List<Interval>> steps = [];
        foreach (var interval in intervals)
        {
            for (var at = interval.From / step * step; at < interval.To; at += step)
            {
                if (!steps.TryGetValue(at, out var pieces))
                {
                    steps.Add(at, pieces = []);
                }

                pieces.Add(interval with { From = Math.Max(at, interval.From), To = Math.Min(at + step, interval.To) });
            }
        }

        return [.. steps.Select(of => new SeriesPoint(of.Key, CauseMinutes.Of(of.Value)))];
    }

    private static CauseMinutes Sum(IEnumerable<CauseMinutes> parts)
    {
        Dictionary<Cause, long> causes = [];
        var (tally, reached, silent) = (default(Tally), 0L, 0L);
        foreach (var part in parts)
        {
            foreach (var (cause, minutes) in part.ByCause)
            {
                causes[cause] = causes.GetValueOrDefault(cause) + minutes;
            }

            tally += part.Tally;
            (reached, silent) = (reached + part.Agent.Reached, silent + part.Agent.Silent);
        }

        return new(causes, tally, new(reached, silent));
    }
}
