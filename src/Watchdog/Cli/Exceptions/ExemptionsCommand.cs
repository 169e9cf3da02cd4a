using System.CommandLine;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Policy;

namespace Watchdog.Cli.Exceptions;

/// <summary><c>watchdog exemptions</c>: whom nothing is done to, why, and until when.</summary>
internal static class ExemptionsCommand
{
    public static Command Create() => new("exemptions", "Whom nothing is done to, why, and until when: preview, add, approve, list, end, and find the stale ones.")
    {
        ExemptCommand.Create(),
        PreviewCommand.Create(),
        ProposalsCommand.Create(),
        DecideCommand.Approve(),
        DecideCommand.Decline(),
        List(),
        EndCommand.Create("an exemption", (services, id, reason, by, now, ct) =>
            services.GetRequiredService<ExemptionBook>().EndAsync(id, reason, by, now, ct)),
        Stale(),
    };

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "Also those that have ended." };
        var json = GlobalOptions.Json();
        var command = new Command("list", "List the exemptions in force, newest first.") { all, json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            var found = await services.GetRequiredService<ExemptionBook>().ListAsync(parse.GetValue(all), now, ct);
            ExemptionTable.Print(parse, [.. found.Select(exemption => new StaleExemption(exemption, ""))], parse.GetValue(json), "No exemption.");
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static Command Stale()
    {
        var within = new Option<string?>("--within") { Description = "How near an end is soon, and how old one without effect is: 90m, 12h; 7d unless told otherwise.", HelpName = "SPAN" };
        var json = GlobalOptions.Json();
        var command = new Command("stale", "List those that end soon or have just ended, that never kept a VM from an act, or whose VM is gone.") { within, json };
        within.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && UntilWhen.Span(token.Value) is null)
            {
                result.AddError($"--within takes a span such as 12h or 7d, not '{token.Value}'.");
            }
        });
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            var near = parse.GetValue(within) is { } text ? UntilWhen.Span(text)!.Value : TimeSpan.FromDays(7);
            var stale = await services.GetRequiredService<ExemptionBook>().StaleAsync(near, now, ct);
            ExemptionTable.Print(parse, stale, parse.GetValue(json), "No stale exemption.");
            return ExitCodes.Ok;
        }, ct));
        return command;
    }
}
