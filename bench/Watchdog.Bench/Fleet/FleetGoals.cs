using System.Globalization;
using Watchdog.Aws;
using Watchdog.Telemetry;

namespace Watchdog.Bench.Fleet;

/// <summary>A goal and what came of it.</summary>
internal sealed record Goal(string What, string Wanted, string Measured, bool Met);

/// <summary>The numbers that the design wants held (DESIGN section 5), as far as this benchmark measures them.</summary>
internal static class FleetGoals
{
    /// <summary>Part of the fleet that is young or hot, in the goal for cost.</summary>
    public const double HotShare = 0.1;
    private const int PageOfMetrics = 500;
    // One page series a kind of check, and few VMs fail one.
    private const int StatusSeries = 3;
    private const double Mebi = 1 << 20;
    // What the collector leaves standing differs a little from sweep to sweep.
    private const double Flat = 1.05;
    private const double MinutesAMonth = 30 * 24 * 60;
    private static readonly string[] Suspects = ["triage", "inspection", "acts", "agents", "slo"];

    /// <summary>The goals beside the run.</summary>
    public static IEnumerable<Goal> Of(FleetRun run)
    {
        var worker = run.Sweeps.Select(sweep => sweep.Worker).ToList();
        var wall = worker.ConvertAll(sweep => Screen(sweep, stage => stage.Wall));
        var cpu = worker.ConvertAll(sweep => Screen(sweep, stage => stage.Cpu));
        var rss = worker.ConvertAll(sweep => sweep.PeakRss / Mebi);
        var judging = worker.ConvertAll(sweep => Stage(sweep, "screen.judge", stage => stage.Cpu) + Stage(sweep, "judgement", stage => stage.Cpu));
        yield return new("wall time of the screen", "under 60 s", Each(wall, "F1", "s"), wall.Max() < 60);
        yield return new("CPU time of the screen, worker alone", "under 25 s", Each(cpu, "F1", "s"), cpu.Max() < 25);
        yield return Calls(worker);
        yield return new("peak RSS of the worker", "under 700 MiB", Each(rss, "F0", "MiB"), rss.Max() < 700);
        yield return new("memory flat from sweep to sweep", "no sweep above the first", Text($"{rss.Skip(1).DefaultIfEmpty(0).Max() / rss[0]:P0} of the first"), rss.Max() <= rss[0] * Flat);
        yield return new("judging every window, and the suspects by all detectors", "under 1 s on one core", Each(judging, "F2", "CPU s"), judging.Max() < 1);
        List<double> books = [.. worker.Skip(1).SelectMany(sweep => sweep.Stages.Concat(sweep.Beside)).Where(stage => stage.Stage == "slo").Select(stage => stage.Postgres)];
        yield return new("uptime books, each run after the first, five-minute sums and alarms with it", "under 1 s of Postgres's CPU", Each(books, "F2", "CPU s"), books.DefaultIfEmpty(0).Max() < 1);
        var usd = MonthUsd(run.Vms) / run.Vms;
        yield return new("US$ per VM-month of the screen at the default cadence", "under 0.05", Text($"{usd:F4}"), usd < 0.05);
    }

    /// <summary>The least calls of an action that a screen of every VM can do with; a dash where that has no meaning.</summary>
    public static string Least(FleetRun run, string action) => action switch
    {
        "ec2:DescribeInstances" => Text($"{run.Sweeps[^1].Worker.LeastListing}: whole pages a stream"),
        "ec2:DescribeInstanceStatus" => Text($"{StatusSeries}"),
        "cloudwatch:GetMetricData" => Text($"{Pages(run.Sweeps[^1].Worker.Vms, PageOfMetrics)} for the screen"),
        _ => "–",
    };

    /// <summary>US$ a month for screening a fleet at the default cadence.</summary>
    public static double MonthUsd(int vms)
    {
        var screens = MinutesAMonth / ScreenCadence.Tick.TotalMinutes;
        return vms * ((HotShare * screens) + ((1 - HotShare) * screens / ScreenCadence.QuietTicks)) * (double)CallMeter.UsdPerMetric;
    }

    /// <summary>US$ that a sweep's metrics cost beyond one a VM.</summary>
    public static double Usd(FleetRun run, int sweep) =>
        (run.Sweeps[sweep].Worker.Metrics - run.Sweeps[sweep].Worker.Vms) * (double)CallMeter.UsdPerMetric;

    private static Goal Calls(List<SweepFigures> worker)
    {
        var listing = worker.ConvertAll(sweep => Made(sweep, "inventory", "ec2:DescribeInstances"));
        var reading = worker.ConvertAll(sweep => Made(sweep, "screen", "cloudwatch:GetMetricData"));
        var least = worker.ConvertAll(sweep => Text($"{sweep.LeastListing} + {Pages(sweep.Vms, PageOfMetrics)}"));
        return new(
            "calls of one screen, DescribeInstances + GetMetricData", Text($"{string.Join(", ", least)}: whole pages a stream"),
            string.Join(", ", listing.Zip(reading, (list, read) => Text($"{list} + {read}"))),
            worker.Select((sweep, i) => listing[i] <= sweep.LeastListing && reading[i] <= Pages(sweep.Vms, PageOfMetrics)).All(met => met));
    }

    private static long Made(SweepFigures sweep, string stage, string action) =>
        sweep.Stages.FirstOrDefault(one => one.Stage == stage)?.Calls.GetValueOrDefault(action) ?? 0;

    /// <summary>A figure of the screen: the whole sweep without what only suspects get, agents and books.</summary>
    public static double Screen(SweepFigures sweep, Func<StageFigures, double> of) =>
        of(sweep.Total) - Suspects.Sum(stage => Stage(sweep, stage, of));

    /// <summary>A figure of one stage.</summary>
    public static double Stage(SweepFigures sweep, string name, Func<StageFigures, double> of) =>
        sweep.Stages.Where(stage => stage.Stage == name).Sum(of);

    private static string Each(List<double> sweeps, string format, string unit) =>
        string.Join(", ", sweeps.Select(figure => figure.ToString(format, CultureInfo.InvariantCulture))) + " " + unit;

    private static int Pages(int items, int size) => (items + size - 1) / size;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
