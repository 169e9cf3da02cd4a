using System.Globalization;
using Spectre.Console;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Reading;

namespace Watchdog.Cli.Slo;

/// <summary>
/// Minutes by class over time, a line each on its own scale: on one scale a bad minute in ten thousand would not be seen. What the books do not hold is a
/// dot, a class without a minute a blank.
/// </summary>
internal static class ClassChart
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private static readonly (string Name, string Colour, Func<Tally, long> Of)[] Lines =
    [
        ("bad", "red", minutes => minutes.Bad), ("unknown", "yellow", minutes => minutes.Unknown),
        ("excluded", "blue", minutes => minutes.Excluded), ("good", "green", minutes => minutes.Good),
    ];

    /// <summary>Markup, a line each.</summary>
    /// <param name="steps">The steps that hold a minute.</param>
    /// <param name="step">A step's length in minutes.</param>
    public static IEnumerable<string> Markup(IReadOnlyList<SeriesPoint> steps, int step)
    {
        if (steps.Count == 0)
        {
            yield break;
        }

        var (first, last) = (steps[0].At, steps[^1].At);
        var at = steps.ToDictionary(point => point.At, point => point.Minutes.Tally);
        var unit = step switch { Minute.Day => "day", 60 => "hour", _ => $"{step} minutes" };
        yield return $"[grey]by {unit}, {Name(first, step)} to {Name(last, step)} UTC; share of the VM-minutes in scope, each line on its own scale[/]";
        foreach (var (name, colour, of) in Lines)
        {
            var shares = Enumerable.Range(0, ((last - first) / step) + 1)
                .Select(i => at.TryGetValue(first + (i * step), out var minutes) && minutes.All > 0 ? (double)of(minutes) / minutes.All : double.NaN).ToList();
            var highest = shares.Where(double.IsFinite).Max();
            var when = first + (shares.IndexOf(highest) * step);
            var told = highest == 0 ? "none" : string.Create(
                CultureInfo.InvariantCulture, $"highest {Share(highest)} ({SloFormat.Count(of(at[when]))} min) {Name(when, step)}");
            yield return $"{name,-9}[{colour}]{string.Concat(shares.Select(share => Bar(share, highest)))}[/]  [grey]{told}[/]";
        }
    }

    private static char Bar(double share, double highest) =>
        double.IsNaN(share) ? '·' : share == 0 ? ' ' : Bars[Math.Clamp((int)Math.Ceiling(share / highest * Bars.Length) - 1, 0, Bars.Length - 1)];

    private static string Share(double share) => share < 0.001 ? "under 0.1 %" : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");

    private static string Name(int minute, int step) => step == Minute.Day ? SloFormat.Day(minute) : SloFormat.Short(minute);
}
