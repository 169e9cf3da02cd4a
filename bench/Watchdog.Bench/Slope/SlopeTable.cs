using System.Globalization;
using System.Text;
using Watchdog.Bench.Fleet;

namespace Watchdog.Bench.Slope;

/// <summary>The runs side by side as a Markdown page.</summary>
internal static class SlopeTable
{
    /// <summary>The page.</summary>
    public static string Write(IReadOnlyList<FleetRun> runs)
    {
        var text = new StringBuilder();
        var linear = SlopeFigure.All.All(figure => figure.IsLinear(runs));
        Line(text, $"# A screen at {string.Join(", ", runs.Select(run => Text($"{run.Vms:N0}")))} VMs\n");
        Line(text, $"Reproduce: `scripts/bench slope --vms {string.Join(' ', runs.Select(run => run.Vms))} --sweeps {runs[0].Sweeps.Count} --rate-share {runs[0].RateShare}`. The processes of `scripts/bench fleet`, one size after the other, each with a fresh Postgres. The figures are the last sweep's screen (inventory, status, facts, screen, judgement, episodes), the peak that of all sweeps.\n");
        Line(text, $"{runs[0].Machine.Line(runs[0].LoadBefore, runs[^1].LoadAfter)}\n");
        Line(text, $"It is **{(linear ? "linear" : "not linear")}**. The rule: from {SlopeFigure.From:N0} VMs on no figure grows by more than the power {SlopeFigure.MostExponent} of the fleet's size from one size to the next (1 is linear, under 1 a VM of a larger fleet takes less). Wall time has AWS's quota in it: 36 datapoints a VM at 180,000 a second and share. In brackets: the smaller figure is too small to tell a power by (Postgres's CPU is counted in ticks of 10 ms) and does not count.\n");
        Line(text, $"| VMs | {string.Join(" | ", SlopeFigure.All.Select(figure => figure.What))} |\n|---:|{string.Concat(Enumerable.Repeat("---:|", SlopeFigure.All.Count))}");
        foreach (var run in runs)
        {
            Line(text, $"| {run.Vms:N0} | {string.Join(" | ", SlopeFigure.All.Select(figure => figure.Of(run).ToString(figure.Format, CultureInfo.InvariantCulture)))} |");
        }

        foreach (var (small, large) in runs.Zip(runs.Skip(1)))
        {
            Line(text, $"| power, {small.Vms:N0} to {large.Vms:N0} | {string.Join(" | ", SlopeFigure.All.Select(figure => Power(figure.Exponent(small, large), figure.CanTell(small))))} |");
        }

        Line(text, $"\n## One VM\n\nBytes are allocated ones; those of judging are of every VM, suspects included, and a quiet VM's own are none (`detectors.md`). Memory is what the peak has above that of the smallest fleet, spread over the VMs that it has more.\n");
        Line(text, $"| VMs | CPU µs a VM | bytes of the screen a VM | bytes of judging a VM | peak RSS, bytes a VM more | VMs a call |\n|---:|---:|---:|---:|---:|---:|");
        foreach (var run in runs)
        {
            var last = run.Sweeps[^1].Worker;
            Line(text, $"| {run.Vms:N0} | {FleetGoals.Screen(last, stage => stage.Cpu) / last.Vms * 1e6:F0} | {FleetGoals.Screen(last, stage => stage.Allocated) / last.Vms:N0} | {FleetGoals.Stage(last, "screen.judge", stage => stage.Allocated) / last.Vms:N0} | {More(runs[0], run)} | {last.Vms / FleetGoals.Screen(last, stage => stage.Calls.Values.Sum()):N0} |");
        }

        return text.Append("\n![Seconds, memory and calls of a screen, by fleet size](slope.svg)\n").ToString();
    }

    private static string More(FleetRun smallest, FleetRun run) => run == smallest ? "–"
        : Text($"{(double)(run.Sweeps.Max(sweep => sweep.Worker.PeakRss) - smallest.Sweeps.Max(sweep => sweep.Worker.PeakRss)) / (run.Vms - smallest.Vms):N0}");

    private static string Power(double exponent, bool told) =>
        !double.IsFinite(exponent) ? "–" : told ? Text($"{exponent:F2}") : Text($"({exponent:F2})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(Text(line)).Append('\n');
}
