using System.CommandLine;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Cli.Cases;
using Watchdog.Cli.Slo;
using Watchdog.Slo;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Telling;

namespace Watchdog.Cli;

/// <summary><c>watchdog slo explain VM</c>: every interval with its class, its cause and the evidence for it. Reads only.</summary>
internal static class ExplainMinutesCommand
{
    private const int MostDays = 62;

    public static Command Create()
    {
        var vm = new Argument<string>("VM") { Description = "Instance id." };
        var from = new Option<string>("--from") { Description = "First minute: an instant (2026-11-17T10:00Z), or how long before the end of the books (30m, 24h, 7d).", HelpName = "WHEN", DefaultValueFactory = _ => "24h" };
        var to = new Option<string?>("--to") { Description = "First minute after; default: the end of the books.", HelpName = "WHEN" };
        var json = GlobalOptions.Json();
        var command = new Command("explain", "Every interval of a VM with class, cause and the facts that decide, judged anew; says where the books differ. Amendments too. Reads only.") { vm, from, to, json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var id = parse.GetRequiredValue(vm);
            var found = await new MinuteExplainer(services.GetRequiredService<NpgsqlDataSource>()).ReadAsync(
                id, watermark => SpanOf(parse.GetRequiredValue(from), parse.GetValue(to), watermark), services.GetRequiredService<IOptions<SloOptions>>().Value.Rules, ct)
                ?? throw new UsageException(SloCommand.UnknownVm(id));
            if (parse.GetValue(json))
            {
                await parse.InvocationConfiguration.Output.WriteLineAsync(CliJson.Write(MinutesJson.Of(found)));
            }
            else
            {
                MinutesPage.Print(Screen.On(parse.InvocationConfiguration.Output), found);
            }

            return ExitCodes.Ok;
        }, ct, SloCommand.AddBooks));
        return command;
    }

    private static (int From, int To) SpanOf(string from, string? to, int watermark)
    {
        var end = Minute.At(watermark);
        var span = (From: Minute.Of(SinceWhen.Read(from, end, "--from")!.Value), To: SinceWhen.Read(to, end, "--to") is { } until ? Minute.Of(until) : watermark);
        return span.From >= span.To
            ? throw new UsageException($"--from ({SloFormat.Full(span.From)}) must lie before --to ({SloFormat.Full(span.To)}): nothing lies between them.")
            : span.To - span.From > MostDays * Minute.Day
            ? throw new UsageException($"From {SloFormat.Full(span.From)} to {SloFormat.Full(span.To)} are more than {MostDays} days: ask for a shorter span; 'watchdog slo --vm ID --month' has the sums.")
            : span;
    }
}
