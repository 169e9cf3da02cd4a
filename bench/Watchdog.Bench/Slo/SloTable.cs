using System.Globalization;
using System.Text;

namespace Watchdog.Bench.Slo;

/// <summary>A run as a Markdown page.</summary>
internal static class SloTable
{
    public static string Write(SloRun run)
    {
        var text = new StringBuilder();
        Line(text, $"# Uptime books of {run.Vms:N0} VMs over {run.Days} days\n");
        Line(text, $"Reproduce: `scripts/bench slo --vms {run.Vms} --days {run.Days}`. Made-up books in a private cluster with the settings that `watchdog` gives it (128 MB of shared buffers): four intervals a VM-day, 12 Regions, 60 types, 5 plans, two owners to three VMs; rows written in the order of time into tables with their indexes, so that these are as full as growth leaves them.{(run.MadeSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $" Making them took {seconds:F0} s.") : "")}\n");
        Line(text, $"Machine: {run.Machine.Cores} cores ({run.Machine.Processor}), {run.Machine.MemoryGiB:F0} GiB, {run.Machine.System}, {run.Machine.Runtime}. Load average before measuring {run.LoadBefore}, after {run.LoadAfter}: above the number of cores, other work shared the machine.\n");
        Line(text, $"## Time\n\nMedians. Cold: after a restart with none of the cluster's files in the kernel's memory. Warm: the runs after that. CPU: of all of Postgres' processes for one warm run, in ticks of 10 ms over all runs; where the machine is shared it says more than the wall. The last two lines write: their \"cold\" is the first run.\n");
        Line(text, $"| what | cold ms | warm ms | CPU ms | runs | goal ms | met |\n|---|---:|---:|---:|---:|---:|---|");
        foreach (var figure in run.Figures)
        {
            Line(text, $"| {figure.What} | {figure.Cold:F1} | {figure.Warm:F1} | {figure.Cpu:F1} | {figure.Runs} | {(figure.Goal is { } goal ? $"{goal:N0}" : "")} | {(figure.Goal is null ? "" : figure.Met ? "yes" : "no")} |");
        }

        Line(text, $"\n## Size\n\n| what | | rows | MB | bytes a row |\n|---|---|---:|---:|---:|");
        foreach (var (name, kind, rows, bytes) in run.Sizes.Relations.Where(relation => relation.Bytes > 500_000))
        {
            Line(text, $"| {name} | {kind} | {rows:N0} | {bytes / 1e6:N0} | {(rows == 0 ? 0 : (double)bytes / rows):F1} |");
        }

        Line(text, $"| **all** | | | **{run.Sizes.Total / 1e6:N0}** | |\n\nGoal: under {BookSizes.Goal / 1e6:N0} MB for 150,000 VMs over 30 days: {(run.Sizes.Met ? "met" : "not met")}.");
        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
