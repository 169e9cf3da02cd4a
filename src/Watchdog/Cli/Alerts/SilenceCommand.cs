using System.CommandLine;
using Npgsql;
using Watchdog.Alerts;
using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Storing;
using Watchdog.Cli.Cases;
using Watchdog.Cli.Exceptions;
using Watchdog.Diagnostics;

namespace Watchdog.Cli.Alerts;

/// <summary><c>watchdog alerts silence</c>: some incidents are told nobody for a while.</summary>
internal static class SilenceCommand
{
    /// <summary>What is to last longer is renewed by somebody.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public static Command Create()
    {
        var kind = new Option<string?>("--kind") { Description = "One kind: " + string.Join(", ", IncidentKinds.All) + ".", HelpName = "KIND" };
        kind.AcceptOnlyFromAmong([.. IncidentKinds.All]);
        var technique = Text("--technique", "One technique, e.g. miner.");
        var scope = Text("--scope", "One scope, e.g. 123456789012/eu-west-1.");
        var region = Text("--region", "One Region.");
        var owner = Text("--owner", "Incidents of this owner alone.");
        var plan = Text("--plan", "Incidents of this plan alone.");
        var upTo = new Option<Severity?>("--up-to") { Description = "Up to this severity: info, warning, error, critical.", HelpName = "SEVERITY" };
        var (until, reason, by) = (UntilWhen.Option(), Person.Reason("Why, in a sentence: it stands in every decision that it makes."), Person.By());
        var command = new Command("silence", "Tell nobody of some incidents until an instant. They are kept, and told then if they are still on.")
        {
            kind, technique, scope, region, owner, plan, upTo, until, reason, by,
        };
        command.Validators.Add(result =>
        {
            if (((Option[])[kind, technique, scope, region, owner, plan, upTo]).All(option => result.GetResult(option) is null))
            {
                result.AddError("silence takes at least one of --kind, --technique, --scope, --region, --owner, --plan, --up-to: it would silence everything.");
            }
        });
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            var end = UntilWhen.Read(parse.GetRequiredValue(until), Longest, now);
            var matcher = new Matcher
            {
                Kind = parse.GetValue(kind), Technique = parse.GetValue(technique), Scope = parse.GetValue(scope), Region = parse.GetValue(region), Owner = parse.GetValue(owner),
                Plan = parse.GetValue(plan), UpTo = parse.GetValue(upTo),
            };
            var id = await SilenceBook.AddAsync(
                services.GetRequiredService<NpgsqlDataSource>(), matcher, parse.GetRequiredValue(reason), parse.GetRequiredValue(by), now, end, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(Screen.Plain($"Silence {id}: {matcher.Words()}, until {Screen.At(end)}."));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static Option<string?> Text(string name, string description) => new(name) { Description = description, HelpName = "TEXT" };
}
