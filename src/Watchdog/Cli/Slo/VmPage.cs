using Spectre.Console;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Telling;

namespace Watchdog.Cli.Slo;

/// <summary>One VM's uptime for people.</summary>
internal static class VmPage
{
    private const int MostIntervals = 12;

    public static void Print(IAnsiConsole console, VmUptime vm, BookState books)
    {
        SloPage.Head(console, vm.Span, books, null, 0);
        console.MarkupLine($"{Screen.Cell(vm.InstanceId)}{(vm.Whose is { } whose ? $" of {Screen.Cell(whose.Owner)}, {Screen.Cell(whose.InstanceType)} in {Screen.Cell(whose.Region)}, plan {SloFormat.Group(whose.Plan ?? "")}" : "")}");
        if (vm.Intervals.Count == 0)
        {
            console.MarkupLine(SloPage.NoData(vm.Span, books).Replace("no minute", "no minute of this VM", StringComparison.Ordinal));
            return;
        }

        var minutes = vm.Minutes.Tally;
        var table = new FittedTable().Column("promised").Column("SLI", right: true).Column("if unknown were bad .. good", right: true, rank: 2).Column("known", right: true, rank: 3)
            .Column("verdict").Column("budget left").Column("worst hour", rank: 1).Column("worst day", rank: 4);
        table.Row(
            SloFormat.Target(vm.Promise.Target), SloFormat.Percent(minutes.Sli), SloFormat.Between(minutes), SloFormat.Percent(minutes.Coverage, 2),
            SloFormat.Verdict(vm.Verdict), SloFormat.Left(vm.Budget), SloFormat.Worst(vm.WorstHour, hour: true), SloFormat.Worst(vm.WorstDay, hour: false));
        table.Print(console);
        console.WriteLine();
        foreach (var of in Enum.GetValues<MinuteClass>())
        {
            if (SloFormat.Causes(vm.Minutes.ByCause, of) is { } causes)
            {
                console.MarkupLine($"{of.ToString().ToLowerInvariant(),-9}{causes} min");
            }
        }

        if (vm.Provider is { } provider)
        {
            console.MarkupLine($"[grey]beside a provider's own figure: {SloFormat.Percent(provider)} (bad minutes that AWS caused, of all minutes of the month)[/]");
        }

        console.WriteLine();
        foreach (var line in ClassChart.Markup(vm.Steps, vm.StepMinutes))
        {
            console.MarkupLine(line);
        }

        var other = vm.Intervals.Where(booked => booked.Interval.Class != MinuteClass.Good).ToList();
        if (other.Count > 0)
        {
            console.WriteLine();
            console.MarkupLine($"the last {Math.Min(MostIntervals, other.Count)} of {other.Count} interval(s) that are not good; [grey]watchdog slo explain {Screen.Cell(vm.InstanceId)} has the evidence[/]");
        }

        foreach (var booked in other.TakeLast(MostIntervals))
        {
            var interval = booked.Interval;
            console.MarkupLine($"  {SloFormat.Short(interval.From)}  {SloFormat.Minutes(interval.To - interval.From),12}  {Coloured(interval.Class)} {Causes.NameOf(interval.Cause)}{(booked.Open ? ", still" : "")}");
        }
    }

    /// <summary>A class in its colour.</summary>
    public static string Coloured(MinuteClass of) => of switch
    {
        MinuteClass.Bad => "[red]bad[/]     ",
        MinuteClass.Unknown => "[yellow]unknown[/] ",
        MinuteClass.Excluded => "[blue]excluded[/]",
        _ => "[green]good[/]    ",
    };
}
