using System.Globalization;
using Spectre.Console;
using Watchdog.Slo.Alarms;
using Watchdog.Slo.Burning;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Telling;

namespace Watchdog.Cli.Slo;

/// <summary>What every promise came to, for a person at four in the morning: what fires first, then the worst, then where and when.</summary>
internal static class SloPage
{
    /// <summary>Rows of one objective; the others are counted.</summary>
    private const int MostRows = 12;
    private const int MostAlarms = 20;

    public static void Print(IAnsiConsole console, UptimeReport report)
    {
        Head(console, report.Span, report.Books, report.ClosedAt, report.Amendments);
        if (report.Rows.Count == 0)
        {
            console.MarkupLine(NoData(report.Span, report.Books));
            return;
        }

        Alarms(console, report);
        Objectives(console, report);
        console.WriteLine();

        foreach (var line in ClassChart.Markup(report.Steps, report.StepMinutes))
        {
            console.MarkupLine(line);
        }

        var fleet = Steps.Days(report.Steps).Select(day => day.Minutes).ToList();
        foreach (var of in (MinuteClass[])[MinuteClass.Bad, MinuteClass.Unknown, MinuteClass.Excluded])
        {
            var sum = fleet.SelectMany(day => day.ByCause).GroupBy(cause => cause.Key).ToDictionary(cause => cause.Key, cause => cause.Sum(one => one.Value));
            if (SloFormat.Causes(sum, of) is { } causes)
            {
                console.MarkupLine($"[grey]{of.ToString().ToLowerInvariant()} VM-minutes by cause:[/] {causes}");
            }
        }

        var (reached, silent) = (fleet.Sum(day => day.Agent.Reached), fleet.Sum(day => day.Agent.Silent));
        if (reached + silent > 0)
        {
            console.MarkupLine($"[grey]agent reachable in {SloFormat.Percent((double)reached / (reached + silent))} of the good minutes in which that is known: a second figure, no part of the SLI[/]");
        }
    }

    /// <summary>What a span without a minute says.</summary>
    public static string NoData(UptimeSpan span, BookState books) =>
        $"The books hold no minute of {(span.Month ? Minute.At(span.From).UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture) : "these 28 days")}: "
        + $"they begin {SloFormat.Full(books.Begin)} and are written up to {SloFormat.Full(books.End.Minute)}.";

    /// <summary>What it is about, and how far it can be trusted.</summary>
    public static void Head(IAnsiConsole console, UptimeSpan span, BookState books, DateTimeOffset? closedAt, long amendments)
    {
        var name = span.Month ? $"Uptime in {Minute.At(span.From).UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture)}" : "Uptime over 28 days";
        if (books.Begin >= span.To)
        {
            console.MarkupLine($"[bold]{name}[/]");
            return;
        }

        console.MarkupLine($"[bold]{name}[/], {SloFormat.Full(Math.Max(span.From, books.Begin))} to {SloFormat.Full(span.To)}"
            + (span.Month && span.To < Minute.NextMonth(span.From) ? " (so far)" : ""));
        if (books.Begin > span.From)
        {
            console.MarkupLine($"[grey]the books begin {SloFormat.Full(books.Begin)}: before, nothing is counted[/]");
        }

        if (closedAt is { } closed)
        {
            console.MarkupLine($"[grey]closed {Screen.At(closed)}; {SloFormat.Count(amendments)} amendment(s) since, each with its reason (slo explain VM)[/]");
        }

        foreach (var region in books.End.Behind.Order(StringComparer.Ordinal))
        {
            console.MarkupLine($"[yellow]{Screen.Cell(region)}: its books lag by more than an hour; the newest minutes are without it[/]");
        }
    }

    private static void Alarms(IAnsiConsole console, UptimeReport report)
    {
        // The rates of one group are one matter: the fastest one's numbers, and since when each fires.
        var firing = report.Alarms.Where(alarm => alarm.Firing).GroupBy(alarm => (alarm.Key.Slo, alarm.Key.Group)).ToList();
        foreach (var group in firing.Take(MostAlarms))
        {
            var rates = group.OrderBy(alarm => !alarm.Key.IsStep).ThenByDescending(alarm => Factor(alarm.Key)).ToList();
            console.MarkupLine($"[red]FIRES[/] [bold]{Named(group.Key.Slo, group.Key.Group)}[/] {string.Join(", ", rates.Select(alarm => $"{alarm.Key.Rung} since {SloFormat.Short(alarm.Since)}{(alarm.Frozen ? " (frozen)" : "")}"))}");
            foreach (var alarm in rates.Where(alarm => alarm.Key.IsStep).Concat(rates.Where(alarm => !alarm.Key.IsStep).Take(1)))
            {
                console.MarkupLine($"      {Screen.Cell(alarm.Reason)}");
            }
        }

        if (firing.Count > MostAlarms)
        {
            console.MarkupLine($"[red]and {firing.Count - MostAlarms} more groups[/]");
        }

        var frozen = report.Alarms.Where(alarm => !alarm.Firing).ToList();
        if (frozen.Count > 0)
        {
            console.MarkupLine($"[grey]{frozen.Count} burn rate(s) cannot be told and page nobody, e.g. {Named(frozen[0].Key.Slo, frozen[0].Key.Group)} {frozen[0].Key.Rung}: {Screen.Cell(frozen[0].Reason)}[/]");
        }

        if (firing.Count == 0 && !report.Span.Month)
        {
            console.MarkupLine(frozen.Count == 0 ? "[green]no burn rate fires, no step[/]" : "no burn rate that can be told fires, no step");
        }

        console.WriteLine();
    }

    private static decimal Factor(AlarmKey key) => key.IsStep ? 0 : BurnRung.ParseAll(key.Rung)[0].Factor;

    private static string Named(string slo, string group) => slo == group ? Screen.Cell(slo) : $"{Screen.Cell(slo)} {SloFormat.Group(group)}";

    private static void Objectives(IAnsiConsole console, UptimeReport report)
    {
        var targets = report.Rows.Select(row => row.VmTarget).Distinct().ToList();
        var table = new FittedTable().Column("").Column("SLI", right: true).Column("if unknown were bad .. good", right: true, rank: 2).Column("known", right: true, rank: 3)
            .Column("verdict").Column("budget left").Column($"VMs >= {(targets is [var target] ? SloFormat.Target(target) : "target")}", right: true, rank: 4)
            .Column("worst hour", rank: 1).Column("worst day", rank: 5);
        if (report.Span.Month)
        {
            table.Column("beside provider", right: true, rank: 6);
        }

        foreach (var objective in report.Rows.GroupBy(row => row.Objective))
        {
            table.Row($"[bold]{Screen.Cell(objective.Key.Name)}[/] {SloFormat.Target(objective.Key.Target)}");
            foreach (var row in objective.Take(MostRows))
            {
                string[] cells =
                [
                    $"  {SloFormat.Group(row.Group)}", SloFormat.Percent(row.Minutes.Sli), SloFormat.Between(row.Minutes), SloFormat.Percent(row.Minutes.Coverage, 2),
                    SloFormat.Verdict(row.Verdict), SloFormat.Left(row.Budget), Vms(row), SloFormat.Worst(row.WorstHour, hour: true), SloFormat.Worst(row.WorstDay, hour: false),
                ];
                table.Row(row.Provider is { } provider ? [.. cells, SloFormat.Percent(provider)] : cells);
            }

            if (objective.Skip(MostRows).ToList() is { Count: > 0 } rest)
            {
                table.Row($"  [grey]{rest.Count} more[/]", "", "", "", "", $"[grey]{string.Join(", ", rest.GroupBy(row => row.Verdict).OrderBy(verdict => verdict.Key).Select(verdict => $"{verdict.Count()} {verdict.Key.ToString().ToLowerInvariant()}"))}[/]");
            }
        }

        table.Print(console);
    }

    private static string Vms(UptimeRow row) => row.Vms is not { Counted: > 0 } vms ? "-"
        : $"{SloFormat.Percent(vms.Attainment, 2)} [grey]of {SloFormat.Count(vms.Counted)}{(vms.LeftOut > 0 ? $" ({SloFormat.Count(vms.LeftOut)} out)" : "")}[/]";
}
