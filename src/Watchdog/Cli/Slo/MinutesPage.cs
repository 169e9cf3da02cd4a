using Spectre.Console;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Telling;

namespace Watchdog.Cli.Slo;

/// <summary>A VM's minutes with their evidence, for people.</summary>
internal static class MinutesPage
{
    public static void Print(IAnsiConsole console, MinuteExplanation of)
    {
        console.MarkupLine($"[bold]{Screen.Cell(of.InstanceId)}[/], {SloFormat.Full(of.From)} to {SloFormat.Full(of.To)}; the books are written up to {SloFormat.Full(of.Watermark)}");
        if (of.News is { } news)
        {
            console.MarkupLine($"[yellow]news of it wait to be written, from {SloFormat.Full(news.Minute)} on: {Screen.Cell(news.Why ?? "late facts")}[/]");
        }

        var wrong = of.Pieces.Where(piece => piece.Differs).ToList();
        if (wrong.Count > 0)
        {
            console.MarkupLine($"[red]THE BOOKS DIFFER FROM THE FACTS in {wrong.Count} of {of.Pieces.Count} interval(s), {SloFormat.Minutes(wrong.Sum(piece => piece.To - piece.From))} in all.[/]"
                + (of.News is null ? " No news wait to be written: either the rules have changed since (Slo:*), or it is a defect." : " They wait to be written."));
        }

        console.WriteLine();
        if (of.Pieces.Count == 0)
        {
            console.WriteLine("It was not in scope in any of these minutes: not running yet, gone, or before the books began.");
        }

        foreach (var piece in of.Pieces)
        {
            var cause = piece.Booked ?? piece.Judged!.Value;
            var agent = piece.Agent switch { AgentSeen.Reached => ", agent answered", AgentSeen.Silent => ", agent silent", _ => "" };
            console.MarkupLine($"{SloFormat.Short(piece.From)} to {SloFormat.Short(piece.To)}  {SloFormat.Minutes(piece.To - piece.From),12}  "
                + (piece.Booked is null ? "[grey]not in scope[/]" : $"{VmPage.Coloured(Causes.ClassOf(cause))} {Causes.NameOf(cause)}[grey]{agent}[/]"));
            if (piece.Differs)
            {
                console.MarkupLine($"    [red]DIFFERS: the books say {Said(piece.Booked)}, the facts say {Said(piece.Judged)}[/]");
            }

            foreach (var line in piece.Evidence)
            {
                console.MarkupLine($"    {Screen.Cell(line.Sentence)} [grey]({Screen.Cell(line.Row)})[/]");
            }
        }

        if (of.Amendments.Count > 0)
        {
            console.WriteLine();
            console.MarkupLine("[bold]amendments[/]: changed by a ruling, or after the month was closed");
        }

        foreach (var change in of.Amendments)
        {
            console.MarkupLine($"  {Screen.At(change.At)}: {SloFormat.Short(change.From)} to {SloFormat.Short(change.To)} was {Said(change.Was)}, became {Said(change.Became)}: {Screen.Cell(change.Reason)}");
        }
    }

    private static string Said(Cause? cause) =>
        cause is { } known ? $"{Causes.ClassOf(known).ToString().ToLowerInvariant()} ({Causes.NameOf(known)})" : "not in scope";
}
