using System.CommandLine;
using Microsoft.Extensions.Options;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Policy;

namespace Watchdog.Cli.Exceptions;

/// <summary><c>watchdog exemptions add|list|end|stale</c>: whom nothing is done to, why, and until when.</summary>
internal static class ExemptionsCommand
{
    public static Command Create() => new("exemptions", "Whom nothing is done to, why, and until when: add, list, end, and find the stale ones.")
    {
        Add(), List(),
        EndCommand.Create("an exemption", (services, id, reason, by, now, ct) =>
            services.GetRequiredService<ExemptionBook>().EndAsync(id, reason, by, now, ct)),
        Stale(),
    };

    private static Command Add()
    {
        var kind = new Argument<string>("KIND") { Description = "What it goes by: " + string.Join(", ", Exemption.Kinds) + "." };
        kind.AcceptOnlyFromAmong([.. Exemption.Kinds]);
        var subject = new Argument<string>("SUBJECT") { Description = "Instance id, owner, image id, or a tag as key=value (only of a tag that users cannot set)." };
        var (until, reason, by) = (UntilWhen.Option(), Person.Reason("Why, in a sentence: it stands in every act that is refused by it."), Person.By());
        var command = new Command("add", "Exempt a VM, an owner's VMs, or those of an image or tag until an instant. Cases are opened all the same.") { kind, subject, until, reason, by };
        command.Validators.Add(result =>
        {
            var (what, whom) = (result.GetValue(kind), result.GetValue(subject));
            if (string.IsNullOrWhiteSpace(whom))
            {
                result.AddError("SUBJECT is empty: an exemption names what it covers.");
            }
            else if (!Exemption.Kinds.Contains(what))
            {
                result.AddError($"There is no exemption by '{what}': one of {string.Join(", ", Exemption.Kinds)}.");
            }
            else if (what == "vm" && !whom.StartsWith("i-", StringComparison.Ordinal) || what == "image" && !whom.StartsWith("ami-", StringComparison.Ordinal))
            {
                result.AddError($"'{whom}' is no {(what == "vm" ? "instance id such as i-0123456789abcdef0" : "image id such as ami-0123456789abcdef0")}.");
            }
            else if (what == "tag" && whom.IndexOf('=', StringComparison.Ordinal) < 1)
            {
                result.AddError($"A tag is written key=value, not '{whom}'.");
            }
        });
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            var most = services.GetRequiredService<IOptions<PolicyOptions>>().Value.LongestExemption;
            var end = UntilWhen.Read(parse.GetRequiredValue(until), most, now);
            var id = await services.GetRequiredService<ExemptionBook>().AddAsync(
                parse.GetRequiredValue(kind), parse.GetRequiredValue(subject), parse.GetRequiredValue(reason), parse.GetRequiredValue(by), now, end, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(
                Screen.Plain($"Exemption {id}: {parse.GetRequiredValue(kind)} {parse.GetRequiredValue(subject)} until {Screen.At(end)}."));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

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
