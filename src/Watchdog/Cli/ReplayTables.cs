using System.Globalization;
using Spectre.Console;
using Watchdog.Detectors.Replaying;

namespace Watchdog.Cli;

/// <summary>The replay's figures for people.</summary>
internal static class ReplayTables
{
    private const int ShownMistakes = 40;

    public static void Print(Score score)
    {
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"precision {Figure(score.Precision)}  recall {Figure(score.Recall)}  F1 {Figure(score.F1)}  false episodes {score.FalseEpisodes} in {score.VmDays:F0} VM-days ({Figure(score.FalsePerThousandVmDays, "F1")} per 1,000)"));
        AnsiConsole.WriteLine($"idle alarms {score.IdleOpened}, opened in use {score.IdleInUse}, with use not yet published {score.IdleUnpublishedUse}");
        AnsiConsole.Write(Rows("class", score.Classes));
        AnsiConsole.Write(Rows("kind", score.Kinds));
        var strata = new Table().Border(TableBorder.Minimal).AddColumns("stratum", "false episodes per 1,000 VM-days");
        foreach (var (name, rate) in score.FalseByStratum)
        {
            strata.AddRow(Markup.Escape(name), Figure(rate, "F1"));
        }

        AnsiConsole.Write(strata);
        Print("missed", score.Misses);
        Print("false alarm", score.FalseAlarms);
    }

    private static Table Rows(string title, IReadOnlyDictionary<string, ClassScore> rows)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns(title, "events", "hit", "right class", "recall", "median min", "p90 min");
        foreach (var (name, row) in rows)
        {
            table.AddRow(Markup.Escape(name), row.Events.ToString(CultureInfo.InvariantCulture), row.Hit.ToString(CultureInfo.InvariantCulture),
                row.RightClass.ToString(CultureInfo.InvariantCulture), Figure(row.Recall), Figure(row.MedianMinutes, "F0"), Figure(row.P90Minutes, "F0"));
        }

        return table;
    }

    private static void Print(string title, IReadOnlyList<Mistake> mistakes)
    {
        foreach (var mistake in mistakes.Take(ShownMistakes))
        {
            AnsiConsole.WriteLine($"{title}: {mistake.InstanceId} {mistake.At:yyyy-MM-dd'T'HH:mm'Z'} {mistake.Text}");
        }

        if (mistakes.Count > ShownMistakes)
        {
            AnsiConsole.WriteLine($"… and {mistakes.Count - ShownMistakes} more; --json lists all.");
        }
    }

    private static string Figure(double value, string format = "F3") =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";
}
