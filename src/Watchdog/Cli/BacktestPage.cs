using System.Globalization;
using Spectre.Console;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Replaying;

namespace Watchdog.Cli;

/// <summary>A backtest for people.</summary>
internal static class BacktestPage
{
    private const int Shown = 30;

    public static void Print(BacktestResult of)
    {
        var diff = of.Diff;
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{of.Vms} VMs, {of.VmDays:F0} VM-days: {of.CurrentAlarms} alarms by the current rules, {of.ChangedAlarms} by the changed ones; {diff.Added.Count} added, {diff.Removed.Count} removed, {diff.Moved.Count} moved, {diff.Same} the same."));
        if (of is { Current: { } current, Changed: { } changed })
        {
            AnsiConsole.Write(SideBySide(current, changed));
        }

        Print("added", diff.Added);
        Print("removed", diff.Removed);
        foreach (var moved in diff.Moved.OrderByDescending(move => Math.Abs(move.Minutes)).Take(Shown))
        {
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"moved: {moved.Current.InstanceId} {Finding.NameOf(moved.Current.Class)} {moved.Current.OpenedAt:yyyy-MM-dd'T'HH:mm'Z'} by {moved.Minutes:+0;-0} min"));
        }

        if (new[] { diff.Added.Count, diff.Removed.Count, diff.Moved.Count }.Max() > Shown)
        {
            AnsiConsole.WriteLine($"At most {Shown} of each are shown; --json lists all.");
        }
    }

    private static Table SideBySide(Score current, Score changed)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("figure", "current", "changed");
        table.AddRow("precision", Figure(current.Precision), Figure(changed.Precision));
        table.AddRow("recall", Figure(current.Recall), Figure(changed.Recall));
        table.AddRow("false episodes per 1,000 VM-days", Figure(current.FalsePerThousandVmDays), Figure(changed.FalsePerThousandVmDays));
        foreach (var name in current.Classes.Keys)
        {
            table.AddRow($"{name}: recall", Figure(current.Classes[name].Recall), Figure(changed.Classes[name].Recall));
            table.AddRow($"{name}: median minutes", Figure(current.Classes[name].MedianMinutes), Figure(changed.Classes[name].MedianMinutes));
        }

        return table;
    }

    private static void Print(string title, IReadOnlyList<Alarm> alarms)
    {
        foreach (var alarm in alarms.Take(Shown))
        {
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{title}: {alarm.InstanceId} {Finding.NameOf(alarm.Class)} {alarm.OpenedAt:yyyy-MM-dd'T'HH:mm'Z'} {alarm.Score:0.00} {alarm.Reason}"));
        }
    }

    private static string Figure(double value) => double.IsFinite(value) ? value.ToString("0.###", CultureInfo.InvariantCulture) : "–";
}
