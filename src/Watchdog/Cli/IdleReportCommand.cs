using System.CommandLine;
using Microsoft.Extensions.Options;
using Watchdog.Cli.Cases;
using Watchdog.Cli.Idle;
using Watchdog.Diagnostics;
using Watchdog.IdleShutdown;
using Watchdog.IdleShutdown.Savings;

namespace Watchdog.Cli;

/// <summary><c>watchdog idle report</c>: what idle stops saved, what was not stopped and why, and which stops were regretted. Reads only.</summary>
internal static class IdleReportCommand
{
    public static Command Create()
    {
        var since = new Option<string>("--since") { Description = "From: an instant (2026-01-31T12:00Z, UTC where it names no zone), or how long ago (30m, 24h, 7d).", HelpName = "WHEN", DefaultValueFactory = _ => "7d" };
        var until = new Option<string?>("--until") { Description = "And before; default: now.", HelpName = "WHEN" };
        var by = new Option<string>("--by") { Description = "How the sums are grouped.", HelpName = "owner|type|policy", DefaultValueFactory = _ => "owner" };
        by.AcceptOnlyFromAmong("owner", "type", "policy");
        var csv = new Option<bool>("--csv") { Description = "The groups as CSV on standard output, every one of them." };
        var json = GlobalOptions.Json();
        var command = new Command("report", "What idle stops saved, in VM-hours and US$; what was not stopped and why; stops that somebody undid at once. Reads only.") { since, until, by, csv, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(csv) && result.GetValue(json))
            {
                result.AddError("--csv and --json: name one of them.");
            }
        });
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            var (from, to) = (SinceWhen.Read(parse.GetRequiredValue(since), now)!.Value, SinceWhen.Read(parse.GetValue(until), now, "--until") ?? now);
            // What has not passed yet has not been saved.
            to = to < now ? to : now;
            if (from >= to)
            {
                throw new UsageException($"--since ({Screen.At(from)}) must lie before --until ({Screen.At(to)}, never later than now): nothing lies between them.");
            }

            var prices = PricesOf(services.GetRequiredService<IOptions<IdleShutdownOptions>>().Value);
            var reader = services.GetRequiredService<SavingsReader>();
            var sum = SavingsSum.Of(await reader.SpansAsync(from, to, ct), from, to, Enum.Parse<SavingsGroup>(parse.GetRequiredValue(by), ignoreCase: true), prices);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(csv))
            {
                await output.WriteAsync(IdleReportCsv.Of(sum));
                return ExitCodes.Ok;
            }

            var kept = await reader.NotStoppedAsync(from, to, ct);
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(IdleReportJson.Of(sum, kept, prices)));
                return ExitCodes.Ok;
            }

            IdleReportPage.Print(Screen.On(output), sum, kept, prices);
            return ExitCodes.Ok;
        }, ct, services => services.AddIdleShutdown()));
        return command;
    }

    // Checked with the options; it may have changed since.
    private static PriceList PricesOf(IdleShutdownOptions options) => PriceFile.Read(options.PricesPath) is var (prices, faults) && prices is not null
        ? prices : throw new UsageException($"The prices in {options.PricesPath} cannot be used: {string.Join("; ", faults)}.");
}
