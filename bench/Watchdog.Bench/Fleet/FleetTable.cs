using System.Globalization;
using System.Text;

namespace Watchdog.Bench.Fleet;

/// <summary>A run as a Markdown page: goals first, then where the time goes.</summary>
internal static class FleetTable
{
    /// <summary>The page.</summary>
    public static string Write(FleetRun run)
    {
        var text = new StringBuilder();
        Line(text, $"# {run.Vms:N0} simulated VMs, one worker\n");
        Line(text, $"Reproduce: `scripts/bench fleet --vms {run.Vms} --sweeps {run.Sweeps.Count} --rate-share {run.RateShare}`. A fresh Postgres, one worker process, the simulated Region in another, all on the same machine; each sweep is a whole pass over every VM. The worker paces itself by AWS's token buckets at the share given; the simulator adds no limits of its own.\n");
        Line(text, $"{run.Machine.Line(run.LoadBefore, run.LoadAfter)}\n");
        Goals(text, run);
        foreach (var (worker, simulator) in run.Sweeps)
        {
            Sweep(text, worker, simulator);
        }

        Calls(text, run);
        return text.ToString();
    }

    private static void Goals(StringBuilder text, FleetRun run)
    {
        Line(text, $"## Goals\n\nThe screen is inventory, status, facts, screen, judgement and episodes: all but triage, inspection and acts, which only suspects get, the agents' look, which feeds the uptime books alone, and those books, which have goals of their own. A listing is one stream of pages, the first time; after that one a zone, whose last page is not full, so that the least is the sum of each stream's pages. The books know no minute after the last listing: in the first sweep they take in that the VMs exist, and the run beside it, after another listing, writes every VM's first interval; the others are what most runs are. One figure a sweep; the worst must meet the goal. In the first sweep every VM is new to the ledger; before the second every VM is given 72 hours of history that end an hour too early, so that the second rolls every VM's usual level on, as happens once an hour; the third is what most sweeps are.\n");
        Line(text, $"| what | goal at 150,000 VMs | measured | met |\n|---|---|---|---|");
        foreach (var goal in FleetGoals.Of(run))
        {
            Line(text, $"| {goal.What} | {goal.Wanted} | {goal.Measured} | {(goal.Met ? "yes" : "no")} |");
        }

        text.Append('\n');
    }

    private static void Sweep(StringBuilder text, SweepFigures sweep, double simulator)
    {
        Line(text, $"## Sweep {sweep.Sweep}\n\n{sweep.Vms:N0} VMs, {sweep.Judged:N0} judged, {sweep.Unknown:N0} unknown, {sweep.Findings:N0} findings, {sweep.Failures} failures, {sweep.Rejected} points rejected. Peak RSS {sweep.PeakRss / Mebi:F0} MiB, heap afterwards {sweep.Heap / Mebi:F0} MiB.\n");
        Line(text, $"| stage | wall s | CPU s | Postgres CPU s | allocated MiB | AWS calls |\n|---|---:|---:|---:|---:|---|");
        Rows(text, sweep.Stages);
        Row(text, "**worker, all**", sweep.Total);
        Line(text, $"| simulated Region | | {simulator:F1} | | | |\n\nBeside the sweep, once after it, what a worker runs at cadences of its own: resting VMs, the gauges' counting, another listing, and the books of the minutes up to it.\n\n| stage | wall s | CPU s | Postgres CPU s | allocated MiB | AWS calls |\n|---|---:|---:|---:|---:|---|");
        Rows(text, sweep.Beside);
        text.Append('\n');
    }

    // A stage within a stage stands after it, set in.
    private static void Rows(StringBuilder text, IReadOnlyList<StageFigures> stages)
    {
        foreach (var stage in stages)
        {
            Row(text, stages.Any(outer => stage.Stage.StartsWith(outer.Stage + ".", StringComparison.Ordinal)) ? $"&nbsp;&nbsp;{stage.Stage}" : stage.Stage, stage);
        }
    }

    private static void Calls(StringBuilder text, FleetRun run)
    {
        Line(text, $"## AWS calls of the first and the last sweep\n\n| action | first | last | least by page size |\n|---|---:|---:|---:|");
        var (first, last) = (run.Sweeps[0].Worker.Total.Calls, run.Sweeps[^1].Worker.Total.Calls);
        foreach (var action in first.Keys.Union(last.Keys).Order(StringComparer.Ordinal))
        {
            Line(text, $"| {action} | {first.GetValueOrDefault(action):N0} | {last.GetValueOrDefault(action):N0} | {FleetGoals.Least(run, action)} |");
        }

        text.Append('\n');
        Line(text, $"US$ a month at the default cadence, {FleetGoals.HotShare:P0} of the VMs young or hot: {FleetGoals.MonthUsd(run.Vms):N0} for the screen. The triage of the first sweep cost US$ {FleetGoals.Usd(run, 0):F2} beyond its screen, once; that of the last US$ {FleetGoals.Usd(run, run.Sweeps.Count - 1):F2}.");
    }

    private const double Mebi = 1 << 20;

    private static void Row(StringBuilder text, string name, StageFigures stage) => Line(text,
        $"| {name} | {stage.Wall:F1} | {stage.Cpu:F1} | {stage.Postgres:F1} | {stage.Allocated / Mebi:N0} | {string.Join(", ", stage.Calls.OrderBy(call => call.Key, StringComparer.Ordinal).Select(call => $"{call.Key} {call.Value.ToString("N0", CultureInfo.InvariantCulture)}"))} |");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
