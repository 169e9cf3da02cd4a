using System.Globalization;
using Watchdog.Bench.Fleet;
using Watchdog.Bench.Plots;

namespace Watchdog.Bench.Slope;

/// <summary>Seconds on the left, memory and calls on the right, over the fleet's size. A straight line at 45 degrees of the decades is linear.</summary>
internal static class SlopePlot
{
    public static string Of(IReadOnlyList<FleetRun> runs)
    {
        var byVms = runs.ToDictionary(run => run.Vms);
        (string, Func<int, double>) Curve(string name, string what) => (name, vms => SlopeFigure.All.First(figure => figure.What == what).Of(byVms[vms]));
        return LogPlot.Of([.. runs.Select(run => run.Vms)],
        [
            new("seconds of a screen", 0.01, 100, [Curve("wall", "wall s"), Curve("CPU of the worker", "CPU s"), Curve("CPU of Postgres", "Postgres CPU s")],
                value => string.Create(CultureInfo.InvariantCulture, $"{value:0.##} s")),
            new("memory and AWS calls", 1, 1_000, [Curve("peak RSS, MiB", "peak RSS MiB"), Curve("AWS calls of a screen", "AWS calls")],
                value => value.ToString("N0", CultureInfo.InvariantCulture)),
        ]);
    }
}
