using System.Globalization;
using System.Text;
using Watchdog.Bench.Fleet;
using Watchdog.Bench.Rates;

namespace Watchdog.Bench.Usual;

/// <summary>Both ways side by side as a Markdown page.</summary>
internal static class UsualTable
{
    /// <summary>The page.</summary>
    public static string Write(UsualFigures usual, FleetRun ours, RegionCount count, int latency)
    {
        var last = ours.Sweeps[^1].Worker;
        double Screen(Func<StageFigures, double> of) => FleetGoals.Screen(last, of);
        var (wall, cpu) = (Screen(stage => stage.Wall), Screen(stage => stage.Cpu));
        var calls = usual.Pages + usual.Vms;
        var text = new StringBuilder();
        Line(text, $"# The usual tool's way, and ours\n");
        Line(text, $"Reproduce: `scripts/bench usual --vms {ours.Vms} --sample {usual.Sample} --latency {latency} --rate-share {ours.RateShare}`. One simulated Region of {ours.Vms:N0} VMs in a process of its own, with AWS's token buckets, {latency} ms added to each call. The usual way lists all VMs page by page, then asks for each one's CPU of three hours by one GetMetricStatistics, {OneByOne.Threads} at once. It read {usual.Sample:N0} of the VMs ({usual.Points:N0} points) in {usual.ReadWall:F1} s; the time for all {usual.Vms:N0} running ones is that times {(double)usual.Vms / usual.Sample:F1}, by arithmetic, which leaves out quotas and retries. Its requests are not signed, it judges nothing and stores nothing. Ours is the third sweep's screen of the same VMs: inventory, status, facts, CPU windows, judgement, and what changed into Postgres.\n");
        Line(text, $"{ours.Machine.Line(ours.LoadBefore, ours.LoadAfter)} Calls that the Region's buckets refused: {count.Refused}.\n");
        Line(text, $"| | the usual way | ours | ratio |\n|---|---:|---:|---:|");
        Line(text, $"| wall s | {usual.Wall:N1} | {wall:N1} | **{usual.Wall / wall:N0}** |");
        Line(text, $"| calls | {calls:N0} | {Screen(stage => stage.Calls.Values.Sum()):N0} | {calls / Screen(stage => stage.Calls.Values.Sum()):N0} |");
        Line(text, $"| CPU s of the client | {usual.Cpu:N1} | {cpu:N1} | {usual.Cpu / cpu:N1} |");
        Line(text, $"| VMs a second | {usual.Vms / usual.Wall:N0} | {last.Vms / wall:N0} | {last.Vms / wall / (usual.Vms / usual.Wall):N0} |");
        Line(text, $"| listing, wall s | {usual.ListWall:N1} | {FleetGoals.Stage(last, "inventory", stage => stage.Wall):N1} | {usual.ListWall / FleetGoals.Stage(last, "inventory", stage => stage.Wall):N1} |");
        Line(text, $"\nAt this pace the usual way sees each VM once in {usual.Wall / 60:N0} minutes.");
        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
