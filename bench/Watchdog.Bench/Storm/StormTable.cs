using System.Globalization;
using System.Text;

namespace Watchdog.Bench.Storm;

/// <summary>A storm as a Markdown page: the goals, coverage minute by minute, memory, and calls against the budget.</summary>
internal static class StormTable
{
    private const double Mebi = 1 << 20;
    private const int Goal = 10;

    /// <summary>The page.</summary>
    public static string Write(StormRun run)
    {
        var text = new StringBuilder();
        var (first, last) = (run.Phases[0], run.Phases[^1]);
        var after = run.CoveredFrom - run.Publishable;
        var kept = run.Buckets.All(bucket => bucket.Tokens <= bucket.Budget);
        Line(text, $"# A storm of boots: {run.Booting:N0} VMs within ten minutes on top of {run.Standing:N0}\n");
        Line(text, $"Reproduce: `scripts/bench storm --running {run.Standing} --booting {run.Booting}`. The worker and the simulated Region are one process on one fleet clock, which stands while calls are made and goes on while somebody waits for tokens; AWS's token buckets on both sides, the worker at half of each. Each minute a listing and a sweep of all shards at the default cadence, acts as they fall due, mode Enforce. Postgres is a process of its own. Nobody in the fleet abuses anything.\n");
        Line(text, $"{run.Machine.Line(run.LoadBefore, run.LoadAfter)}\n");
        Line(text, $"The last VM boots {run.LastBoot:F1} minutes after the first; its first whole period of five minutes is published {run.Publishable:F0} minutes after the first at the latest (the next five minutes' boundary, five minutes, and CloudWatch's five).\n");
        Line(text, $"| what | goal | measured | met |\n|---|---|---|---|");
        Line(text, $"| coverage over 99 % of the running VMs, for good | within {Goal} min of the last boot's first publishable period | {(after is { } minutes ? string.Create(CultureInfo.InvariantCulture, $"{minutes:F0} min after it") : "never")} | {Yes(after <= Goal)} |");
        Line(text, $"| episodes, cases and acts on VMs that booted | 0 | {run.Verdicts} | {Yes(run.Verdicts == 0)} |");
        Line(text, $"| calls that a bucket refused | 0 | {run.Refused} | {Yes(run.Refused == 0)} |");
        Line(text, $"| no bucket above the worker's share in any minute | half of bucket and refill | below | {Yes(kept)} |");
        Line(text, $"| jobs that failed | 0 | {run.Failures} | {Yes(run.Failures == 0)} |\n");
        Line(text, $"## Memory, worker and Region together\n\n| part | fleet min | peak RSS MiB | managed heap after it MiB | wall s |\n|---|---:|---:|---:|---:|");
        foreach (var phase in run.Phases)
        {
            Line(text, $"| {phase.Name} | {phase.Minutes} | {phase.PeakRss / Mebi:F0} | {phase.Heap / Mebi:F0} | {phase.Wall:F0} |");
        }

        Line(text, $"\nFrom the first part to the last the peak changes by {(last.PeakRss / (double)first.PeakRss) - 1:+0 %;-0 %}, with {run.Minutes[^1].Running / (double)run.Minutes[0].Running:F1} times as many VMs running.\n");
        Line(text, $"## Coverage\n\nMinutes count from the first boot. Judged are the VMs known to run but for those whose last screen had no data: one that booted counts until its first screen, is unknown from then on, and judged again once its first period is published. Of two rows of one minute the work in between lasted seconds.\n\n| minute | running | known to run | judged | coverage |\n|---:|---:|---:|---:|---:|");
        foreach (var minute in run.Minutes)
        {
            Line(text, $"| {minute.Minute} | {minute.Running:N0} | {minute.Seen:N0} | {minute.Judged:N0} | {minute.Coverage:P1} |");
        }

        Line(text, $"\n## Calls\n\n| action | {string.Join(" | ", run.Phases.Select(phase => phase.Name))} |\n|---|{string.Concat(run.Phases.Select(_ => "---:|"))}");
        foreach (var action in run.Phases.SelectMany(phase => phase.Calls.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            Line(text, $"| {action} | {string.Join(" | ", run.Phases.Select(phase => phase.Calls.GetValueOrDefault(action).ToString("N0", CultureInfo.InvariantCulture)))} |");
        }

        Line(text, $"\n| bucket | tokens in its busiest minute | the worker's share: half of bucket and a minute's refill |\n|---|---:|---:|");
        foreach (var bucket in run.Buckets)
        {
            Line(text, $"| {bucket.Bucket.Replace("|", ", ", StringComparison.Ordinal)} | {bucket.Tokens:N0} | {bucket.Budget:N0} |");
        }

        return text.ToString();
    }

    private static string Yes(bool met) => met ? "yes" : "**no**";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
