using System.Globalization;
using System.Text;

namespace Watchdog.Bench.Alerts;

/// <summary>The waves as a Markdown page: goals, what the database holds of each, memory, and what the receivers heard.</summary>
internal static class AlertsTable
{
    private const double Mebi = 1 << 20;
    private const int MostPages = 3;
    private const int MostMessages = 200;

    /// <summary>Whether every goal is met.</summary>
    public static bool Met(AlertRun run) => Goals(run).All(goal => goal.Met);

    /// <summary>The page.</summary>
    public static string Write(AlertRun run)
    {
        var text = new StringBuilder();
        Line(text, $"# A storm of findings\n");
        Line(text, $"Reproduce: `scripts/bench alerts --findings {string.Join(' ', run.Waves.Select(wave => wave.Findings))}`. Findings open within a minute of fleet time over {run.Scopes} Regions and {run.Classes} classes (48 incidents at once), are told for two minutes, and are over; the pipeline and the outbox take turns each two seconds of fleet time, as in the worker. PagerDuty's and a webhook's stand-ins are in the same process, Postgres is its own.\n");
        Line(text, $"{run.Machine.Line(run.LoadBefore, run.LoadAfter)}\n");
        Line(text, $"| what | goal | measured | met |\n|---|---|---|---|");
        foreach (var (what, goal, measured, met) in Goals(run))
        {
            Line(text, $"| {what} | {goal} | {measured} | {(met ? "yes" : "**no**")} |");
        }

        Line(text, $"\n## The database\n\nWhat each wave added. A member is a finding; all of it is dropped `Alerts:Incidents:KeepDays` after its end.\n\n| findings | incidents | members | decisions | messages in the outbox | longest message, bytes | tables and indexes, MiB |\n|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var wave in run.Waves)
        {
            Line(text, $"| {wave.Findings:N0} | {wave.Rows.Incidents} | {wave.Rows.Members:N0} | {wave.Rows.Decisions} | {wave.Rows.Messages} | {wave.Rows.LongestMessage:N0} | {wave.Rows.Bytes / Mebi:F1} |");
        }

        Line(text, $"\n## Memory and time\n\nBefore: {run.LiveBefore / Mebi:F1} MiB live heap, {run.RssBefore / Mebi:F0} MiB resident.\n\n| findings | peak RSS MiB | live heap while all are on MiB | live heap after MiB | longest transaction s | wall s |\n|---:|---:|---:|---:|---:|---:|");
        foreach (var wave in run.Waves)
        {
            Line(text, $"| {wave.Findings:N0} | {wave.PeakRss / Mebi:F0} | {wave.LiveAt / Mebi:F1} | {wave.LiveAfter / Mebi:F1} | {wave.LongestStep:F2} | {wave.Wall:F0} |");
        }

        Line(text, $"\n## What receivers heard\n\n| findings | receiver | pages | updates | ends | open afterwards |\n|---:|---|---:|---:|---:|---:|");
        foreach (var (wave, heard) in run.Waves.SelectMany(wave => wave.Heard.Select(heard => (wave, heard))))
        {
            Line(text, $"| {wave.Findings:N0} | {heard.Receiver} | {heard.Pages} | {heard.Updates} | {heard.Ends} | {heard.Open} |");
        }

        return text.ToString();
    }

    private static IEnumerable<(string What, string Goal, string Measured, bool Met)> Goals(AlertRun run)
    {
        var pages = run.Waves.Max(wave => wave.Heard.Max(heard => heard.Pages));
        var open = run.Waves.Sum(wave => wave.Heard.Sum(heard => heard.Open));
        var messages = run.Waves.Max(wave => wave.Rows.Messages);
        var (first, last) = (run.Waves[0], run.Waves[^1]);
        yield return ("pages to a receiver, the worst wave", Format($"at most {MostPages}"), Format($"{pages}"), pages <= MostPages);
        yield return ("what is open at a receiver, in the database or waits in the outbox afterwards", "nothing", Format($"{open + run.LeftOpen}"), open + run.LeftOpen == 0);
        yield return ("messages that a wave puts into the outbox, however large", Format($"under {MostMessages}"), Format($"{messages}"), messages < MostMessages);
        yield return ("live heap after the last wave beside that after the first", "under 8 MiB more", Format($"{(last.LiveAfter - first.LiveAfter) / Mebi:+0.0;-0.0} MiB"), last.LiveAfter - first.LiveAfter < 8 * Mebi);
        yield return ("live heap while the largest wave is on beside that before all", "under 32 MiB more", Format($"{(run.Waves.Max(wave => wave.LiveAt) - run.LiveBefore) / Mebi:+0.0;-0.0} MiB"), run.Waves.Max(wave => wave.LiveAt) - run.LiveBefore < 32 * Mebi);
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
