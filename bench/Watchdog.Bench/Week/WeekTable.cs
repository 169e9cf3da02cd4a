using System.Globalization;
using System.Text;
using Watchdog.Bench.Week.Play;

namespace Watchdog.Bench.Week;

/// <summary>All that a table of a week tells.</summary>
/// <param name="Played">Steps that were played.</param>
/// <param name="CpuSeconds">Of the process, worker and simulator together; Postgres not counted.</param>
internal sealed record WeekRun(
    WeekRequest Request, int Played, WeekPlay Play, WeekFigures Figures, WeekActs Acts, WeekTimes Times, TimeSpan Wall, double CpuSeconds, string Machine);

/// <summary>A week as a Markdown page: the goals, then each kind of VM.</summary>
internal static class WeekTable
{
    private const double LeastReclaimed = 0.95;

    /// <summary>The page.</summary>
    public static string Write(WeekRun run)
    {
        var (request, play, figures, acts) = (run.Request, run.Play, run.Figures, run.Acts);
        var days = run.Played * request.Rules.Step.TotalDays;
        var passes = play.Passes.Order().ToList();
        var text = new StringBuilder();
        Line(text, $"# A week of {request.Vms:N0} simulated VMs with idle stops\n");
        Line(text, $"Reproduce: `scripts/bench week --vms {request.Vms} --hours {request.Length.TotalHours:0} --from {(request.Begin - FleetSim.Fleet.WeekPlan.Epoch).TotalHours:0} --seed {request.Seed}`. Fleet time from {request.Begin:yyyy-MM-dd HH:mm}Z, {days:F2} days{(run.Played < play.Steps ? $" of {request.Length.TotalDays:F2}, ended by the wall clock" : "")}; people in five time zones; Europe's clocks are put forward on 2026-03-29 at 01:00Z, Sydney's back on 2026-04-04 at 16:00Z. Each five minutes one pass of the worker's own rooms (listing, sweep, resting VMs, acts, books) over a real Postgres and the Region over HTTP, both in this process. A quarter of the people have office hours on their zone's clock: started on workdays at 08:30, stopped at 19:30 and in the night at half past the hour that the clocks change, and for idleness after twelve hours only. Holds on one VM in twelve, declared jobs of which half end, keep-until tags, dead agents. Caps are lifted: they bound how many VMs an hour are stopped, which is not the question here.\n");
        Line(text, $"{run.Machine}\n");
        Line(text, $"| what | goal | measured | |\n|---|---|---:|---|");
        Goal(text, "stops of a VM with a session, a job, a hold, an inbound connection or without an agent", "0", $"{play.Wrong.Count}", play.Wrong.Count == 0);
        Goal(text, "idle VM-hours reclaimed of those that the oracle reclaims", "at least 95 %", $"{figures.All.Share:P2}", figures.All.Share >= LeastReclaimed);
        Goal(text, "stops before their warning's time had passed, or without a warning", "0", $"{acts.Unwarned.Count}", acts.Unwarned.Count == 0);
        Goal(text, "acts without their reason", "0", $"{acts.WithoutReason.Count}", acts.WithoutReason.Count == 0);
        Goal(text, "VMs stopped twice in one rest, acts that failed, jobs that failed", "0", $"{acts.Twice.Count}, {acts.Unfinished.Count}, {play.Failures}", acts.Twice.Count + acts.Unfinished.Count + play.Failures == 0);
        Goal(text, "acts for a time that the office's clock does not show, or a second one for one time", "0", $"{run.Times.Strange.Count}", run.Times.Strange.Count == 0);
        Goal(text, "VMs off when their office opened that did not run ten minutes later", "0", $"{run.Times.Asleep.Count}", run.Times.Asleep.Count == 0);
        Line(text, $"| stops made |  | {acts.Made.Count:N0} | |");
        Line(text, $"| of them by office hours; of those in an hour that the clocks skipped or showed twice |  | {run.Times.Stops:N0}; {run.Times.AtChanges:N0} | |");
        Line(text, $"| starts made by office hours |  | {run.Times.Starts:N0} | |");
        Line(text, $"| CloudWatch, US$ a VM-month at this rate |  | {(double)play.Usd / request.Vms * 30 / days:F4} | |");
        Line(text, $"| a pass, wall ms: median, 95th percentile, longest |  | {passes[passes.Count / 2].TotalMilliseconds:N0}, {passes[(int)(passes.Count * 0.95)].TotalMilliseconds:N0}, {passes[^1].TotalMilliseconds:N0} | |");
        Line(text, $"| the whole, wall min; CPU s of worker and simulator |  | {run.Wall.TotalMinutes:F1}; {run.CpuSeconds:N0} | |");
        Line(text, $"\nThe oracle knows the script, waits and warns as long, and has neither CloudWatch's delay nor five or fifteen minutes between two looks. Hours are VM-hours off.\n");
        Line(text, $"| VMs | how many | oracle | worker | both | reclaimed |\n|---|---:|---:|---:|---:|---:|");
        foreach (var kind in figures.Kinds.Append(figures.All))
        {
            Line(text, $"| {kind.Kind} | {kind.Vms:N0} | {kind.Oracle:N0} | {kind.Worker:N0} | {kind.Both:N0} | {(kind.Share is { } share ? share.ToString("P2", CultureInfo.InvariantCulture) : "")} |");
        }

        var missed = play.Wrong.Concat(acts.Unfinished).Concat(acts.Twice.Select(one => $"{one}: stopped twice")).Concat(acts.Unwarned)
            .Concat(run.Times.Strange.Select(one => $"{one}: no such time, or twice")).Concat(run.Times.Asleep.Select(one => $"{one}: not started"));
        foreach (var wrong in missed.Take(20))
        {
            Line(text, $"\n{wrong}");
        }

        return text.ToString();
    }

    private static void Goal(StringBuilder text, string what, string goal, FormattableString measured, bool met) =>
        Line(text, $"| {what} | {goal} | {measured.ToString(CultureInfo.InvariantCulture)} | {(met ? "met" : "**missed**")} |");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
