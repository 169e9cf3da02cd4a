using System.Globalization;
using Spectre.Console;
using Watchdog.Cli.Slo;
using Watchdog.IdleShutdown.Savings;

namespace Watchdog.Cli.Idle;

/// <summary>What idle stops saved, for people.</summary>
internal static class IdleReportPage
{
    private const int MostGroups = 20;
    private const int MostTypes = 10;
    private const int MostWaits = 5;

    public static void Print(IAnsiConsole console, SavingsSum sum, NotStopped not, PriceList prices)
    {
        var total = sum.Total;
        console.MarkupLine($"[bold]Idle stops[/] from {Screen.At(sum.Since)} to {Screen.At(sum.Until)}");
        console.MarkupLine(total.Vms == 0 && total.Stops == 0 ? "No VM was off because nobody used it." : string.Create(CultureInfo.InvariantCulture,
            $"{total.Stops:N0} stop(s); {total.Vms:N0} VM(s) were off for {total.Hours:N1} VM-hours: [bold]US$ {total.Usd:N2}[/] on demand, prices of {Dates(prices)} ({Screen.Cell(prices.Version)})"));
        if (total.Stops > 0)
        {
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"{total.Regretted:N0} of them somebody undid within {IdleSpan.Regret.TotalMinutes:0} min ({100.0 * total.Regretted / total.Stops:0.0} %)"));
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"{total.Hibernated:N0} of them hibernated the VM, {total.Stops - total.Hibernated:N0} stopped it"));
        }

        Unpriced(console, sum);
        Groups(console, sum);
        Kept(console, not);
    }

    private static void Unpriced(IAnsiConsole console, SavingsSum sum)
    {
        if (sum.Unpriced.Count > 0)
        {
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[yellow]{sum.Total.HoursWithoutPrice:N1} VM-hours are in no sum of dollars: the prices do not name[/] ")
                + string.Join(", ", sum.Unpriced.Take(MostTypes).Select(type => string.Create(CultureInfo.InvariantCulture, $"{Screen.Cell(type.InstanceType)} in {Screen.Cell(type.Region)} ({type.Hours:N1} h)")))
                + (sum.Unpriced.Count > MostTypes ? $" and {sum.Unpriced.Count - MostTypes} more (--json has all)" : ""));
        }
    }

    private static void Groups(IAnsiConsole console, SavingsSum sum)
    {
        if (sum.Rows.Count == 0)
        {
            return;
        }

        console.WriteLine();
        var table = new FittedTable().Column(sum.By.ToString().ToLowerInvariant()).Column("stops", right: true, rank: 2).Column("VMs", right: true, rank: 3)
            .Column("VM-hours", right: true).Column("US$", right: true).Column("without price, h", right: true, rank: 4).Column("undone", right: true, rank: 1).Column("hibernated", right: true, rank: 5);
        foreach (var row in sum.Rows.Take(MostGroups))
        {
            table.Row(SloFormat.Group(row.Name), SloFormat.Count(row.Stops), SloFormat.Count(row.Vms), Number(row.Hours), row.Usd.ToString("N2", CultureInfo.InvariantCulture),
                row.HoursWithoutPrice > 0 ? Number(row.HoursWithoutPrice) : "", SloFormat.Count(row.Regretted), SloFormat.Count(row.Hibernated));
        }

        table.Print(console);
        if (sum.Rows.Count > MostGroups)
        {
            console.MarkupLine($"[grey]and {sum.Rows.Count - MostGroups} more; --csv and --json have all[/]");
        }
    }

    private static void Kept(IAnsiConsole console, NotStopped not)
    {
        console.WriteLine();
        console.MarkupLine($"[bold]Not stopped[/]: of the stops recorded in that time {SloFormat.Count(not.Withdrawn)} were taken back before their call, {SloFormat.Count(not.Failed)} failed or were refused");
        foreach (var held in not.Waiting.Take(MostWaits))
        {
            console.MarkupLine($"waiting now: {SloFormat.Count(held.Stops)}, {Screen.Cell(held.Reason)}");
        }

        if (not.Kept.Count == 0)
        {
            console.WriteLine("No resting VM is known to be kept now.");
            return;
        }

        var table = new FittedTable().Column("kept now by").Column("VMs", right: true).Column("by it alone", right: true, rank: 2).Column("for instance", rank: 1);
        foreach (var kept in not.Kept)
        {
            table.Row(Screen.Cell(kept.Code), SloFormat.Count(kept.Vms), SloFormat.Count(kept.Alone), Screen.Cell(Short(kept.Example)));
        }

        table.Print(console);
    }

    private static string Dates(PriceList prices)
    {
        var dates = prices.Regions.Values.Select(region => region.Date).Distinct().Order().ToList();
        return dates.Count == 0 ? "no Region" : string.Join(" to ", new[] { dates[0], dates[^1] }.Distinct().Select(date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    private static string Number(double hours) => hours.ToString("N1", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length > 90 ? text[..89] + "…" : text;
}
