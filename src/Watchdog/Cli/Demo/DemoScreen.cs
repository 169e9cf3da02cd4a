using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Watchdog.Cli.Demo;

/// <summary>The demo's picture: the fleet's time, a row a class, the latest cases, and what AWS was asked.</summary>
internal static class DemoScreen
{
    private const int Latest = 8;

    public static async Task<IRenderable> DrawAsync(DemoRun run, DemoPlan plan, CancellationToken ct)
    {
        var report = await run.ReportAsync(TimeSpan.Zero, ct);
        var latest = await run.LatestAsync(Latest, ct);
        return new Rows(Head(run.Now, plan, report), Classes(report), Cases(latest), Foot(report));
    }

    public static IRenderable Of(DemoReport report) => new Rows(new Markup(string.Create(CultureInfo.InvariantCulture,
        $"{report.Vms} simulated VMs over {report.SimulatedMinutes} minutes, played in {report.Seconds:F0} s; {report.Coverage:P1} of the running VMs judged")), Classes(report), Foot(report));

    private static Markup Head(DateTimeOffset now, DemoPlan plan, DemoReport report) => new(string.Create(CultureInfo.InvariantCulture,
        $"[bold]Watchdog[/] guards {plan.Vms} simulated VMs, mode [bold]{plan.Mode.ToString().ToLowerInvariant()}[/]   fleet time [bold]{now:yyyy-MM-dd HH:mm}[/] (+{report.SimulatedMinutes} min at up to {plan.Speed}x)   judged {report.Coverage:P1} of the running VMs   Ctrl-C ends it with a report"));

    private static Table Classes(DemoReport report)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumns("class", "injected", "detected", "contained", "proposed", "median min to detect", "median min to contain");
        foreach (var row in report.Classes)
        {
            table.AddRow(new Markup($"[bold]{row.Class}[/]"), Number(row.Injected), Number(row.Detected, row.Detected < row.Injected ? "yellow" : "green"),
                Number(row.Contained), Number(row.Proposed), Minutes(row.MedianMinutesToDetect), Minutes(row.MedianMinutesToContain));
        }

        table.AddRow(new Markup("benign"), new Markup(""), new Markup(""),
            new Markup(report.BenignActedOn == 0 ? "[green]0 acted on[/]" : $"[red]{report.BenignActedOn} acted on[/]"), new Markup(""), new Markup(""), new Markup(""));
        return table;
    }

    private static Table Cases(IReadOnlyList<(DateTimeOffset At, string InstanceId, string Class, string Done, string Reason)> latest)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("opened", "instance", "class", "act", "why");
        foreach (var (at, id, found, done, reason) in latest)
        {
            table.AddRow(at.ToString("HH:mm", CultureInfo.InvariantCulture), Markup.Escape(id), found, Markup.Escape(done),
                Markup.Escape(reason.Length > 110 ? reason[..109] + "…" : reason));
        }

        return table;
    }

    private static Markup Foot(DemoReport report) => new(Markup.Escape(string.Create(CultureInfo.InvariantCulture,
        $"AWS calls: {string.Join("  ", report.AwsCalls.Select(call => $"{call.Key} {call.Value}"))}\nUS$ {report.UsdPerVmMonth:F4} a VM-month at these cadences.")));

    private static Markup Number(int value, string colour = "default") => new($"[{colour}]{value.ToString(CultureInfo.InvariantCulture)}[/]");

    private static Markup Minutes(double? value) => new(value?.ToString("F1", CultureInfo.InvariantCulture) ?? "–");
}
