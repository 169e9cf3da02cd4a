using Watchdog.Bench.Fleet;

namespace Watchdog.Bench.Slope;

/// <summary>One figure of a run that is followed over the fleet's size.</summary>
/// <param name="What">Its name and unit.</param>
/// <param name="Format">How it is written.</param>
/// <param name="Of">The figure.</param>
/// <param name="Least">From this value on it is exact enough to tell a power by.</param>
internal sealed record SlopeFigure(string What, string Format, Func<FleetRun, double> Of, double Least = 0)
{
    /// <summary>Largest exponent that still counts as linear: noise of a shared machine is within it, n log n at these sizes too, n to the power 1.5 is not.</summary>
    public const double MostExponent = 1.15;
    /// <summary>From so many VMs on the rule holds: below, what a sweep takes whatever the fleet hides the slope.</summary>
    public const int From = 10_000;
    private const double Mebi = 1 << 20;

    /// <summary>All that is followed; the screen's, of the last sweep, but for the peak, which is of all sweeps.</summary>
    public static IReadOnlyList<SlopeFigure> All { get; } =
    [
        new("wall s", "F2", run => FleetGoals.Screen(Last(run), stage => stage.Wall)),
        new("CPU s", "F2", run => FleetGoals.Screen(Last(run), stage => stage.Cpu)),
        // The kernel tells other processes' CPU in ticks of 10 ms, and a screen is the sum of a dozen readings.
        new("Postgres CPU s", "F2", run => FleetGoals.Screen(Last(run), stage => stage.Postgres), Least: 0.5),
        new("AWS calls", "N0", run => FleetGoals.Screen(Last(run), stage => stage.Calls.Values.Sum())),
        new("allocated MiB", "N0", run => FleetGoals.Screen(Last(run), stage => stage.Allocated) / Mebi),
        new("peak RSS MiB", "N0", run => run.Sweeps.Max(sweep => sweep.Worker.PeakRss) / Mebi),
    ];

    /// <summary>The power of the fleet's size by which a figure grows from one run to a larger one: 1 is linear, less is better.</summary>
    public double Exponent(FleetRun small, FleetRun large) => Math.Log(Of(large) / Of(small)) / Math.Log((double)large.Vms / small.Vms);

    /// <summary>Whether the figure of the smaller run is large enough to tell the power by.</summary>
    public bool CanTell(FleetRun small) => Of(small) >= Least;

    /// <summary>Whether each step from <see cref="From"/> VMs on that can be told is linear.</summary>
    public bool IsLinear(IReadOnlyList<FleetRun> runs) => runs.Zip(runs.Skip(1)).Where(step => step.First.Vms >= From && CanTell(step.First))
        .All(step => Exponent(step.First, step.Second) is <= MostExponent or double.NaN);

    private static SweepFigures Last(FleetRun run) => run.Sweeps[^1].Worker;
}
