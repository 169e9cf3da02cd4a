using System.CommandLine;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Cli.Cases;

/// <summary>
/// <c>watchdog cases release ID</c> and <c>confirm ID</c>: a command never acts itself (DESIGN 2). It asks, with the version of the case that
/// it has just read, and waits for what the actuator of the worker answers.
/// </summary>
internal static class RequestCommand
{
    public static Command Release()
    {
        var force = new Option<bool>("--force") { Description = "Also put back what somebody else changed since Watchdog set it." };
        var command = Create(RequestKinds.Release, "Ask for a release: what was done to the case's VM is undone, and what waits is withdrawn.", force);
        BulkRelease.AddTo(command);
        return command;
    }

    public static Command Confirm() => Create(
        RequestKinds.Confirm, "Say that a case is right: what is proposed is approved, what was done stays. Rules true_positive unless told otherwise.", null);

    private static Command Create(string kind, string description, Option<bool>? force)
    {
        var id = CaseId.Argument();
        var reason = new Option<string>("--reason") { Description = "Why, in a sentence: what the next reader of the case learns.", HelpName = "TEXT", Required = true };
        reason.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
            {
                result.AddError("--reason must say something: it is what the next reader of the case learns.");
            }
        });
        var ruling = new Option<string?>("--ruling") { Description = "A ruling to record with it: " + string.Join(", ", Rulings.All) + ".", HelpName = "RULING" };
        ruling.AcceptOnlyFromAmong([.. Rulings.All]);
        var by = new Option<string>("--by") { Description = "Who asks.", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName };
        var wait = new Option<int>("--wait") { Description = "Seconds to wait for the outcome, 0 to 3600.", HelpName = "S", DefaultValueFactory = _ => 30 };
        wait.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 3600)
            {
                result.AddError("--wait takes 0 to 3600 seconds.");
            }
        });
        var json = GlobalOptions.Json();
        var command = new Command(kind, description) { id, reason, ruling, by, wait, json };
        if (force is not null)
        {
            command.Add(force);
        }

        command.SetAction((parse, ct) => BulkRelease.IsAskedFor(parse) ? BulkRelease.RunAsync(parse, ct) : LedgerHost.RunAsync(parse, async services =>
        {
            var number = parse.GetRequiredValue(id);
            if (await services.GetRequiredService<CaseRepository>().ShowAsync(number, ct) is not { Case: var of })
            {
                return await CaseId.UnknownAsync(parse, number);
            }

            var clocks = services.GetRequiredService<Clocks>();
            var inbox = services.GetRequiredService<RequestInbox>();
            var payload = new RequestPayload(parse.GetRequiredValue(reason), parse.GetValue(ruling), force is not null && parse.GetValue(force));
            var request = await inbox.InsertAsync(kind, parse.GetRequiredValue(by), of.Id, of.Version, payload, clocks.Fleet.GetUtcNow(), ct);
            var answer = await Outcome.WaitAsync(inbox, request, TimeSpan.FromSeconds(parse.GetRequiredValue(wait)), clocks.Wall, ct);
            return await Outcome.TellAsync(parse, answer, parse.GetRequiredValue(wait), parse.GetValue(json));
        }, ct));
        return command;
    }
}
