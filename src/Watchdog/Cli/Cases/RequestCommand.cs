using System.CommandLine;
using Watchdog.Cli.Exceptions;
using Watchdog.Cli.Remote;
using Watchdog.Ledger;

namespace Watchdog.Cli.Cases;

/// <summary>
/// <c>watchdog cases release ID</c>, <c>confirm</c>, <c>extend</c>, <c>rule</c> and <c>hand-over</c>: a command never acts itself (DESIGN 2). It
/// asks, with the version of the case that it has just read, and waits for what the actuator of the worker answers. With <c>--where</c> it asks the same of many.
/// </summary>
internal static class RequestCommand
{
    public static Command Release()
    {
        var (ruling, force) = (Ruling("A ruling to record with it"), new Option<bool>("--force") { Description = "Also put back what somebody else changed since Watchdog set it." });
        return Create(
            RequestKinds.Release, "release", "Ask for a release: what was done to the case's VM is undone, and what waits is withdrawn.",
            (parse, reason) => new(reason, parse.GetValue(ruling), parse.GetValue(force)), ruling, force);
    }

    public static Command Confirm()
    {
        var ruling = Ruling("A ruling to record with it");
        return Create(
            RequestKinds.Confirm, "confirm", "Say that a case is right: what is proposed is approved, what was done stays. Rules true_positive unless told otherwise.",
            (parse, reason) => new(reason, parse.GetValue(ruling)), ruling);
    }

    public static Command Extend()
    {
        var span = new Option<string>("--for") { Description = "By how much: 90m, 12h, 2d; at most Policy:LongestExtension from now.", HelpName = "SPAN", Required = true };
        span.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && UntilWhen.Span(token.Value) is null)
            {
                result.AddError($"--for takes a span such as 90m, 12h or 2d, not '{token.Value}'.");
            }
        });
        return Create(
            RequestKinds.Extend, "extend", "Put a contained case's clock off: nothing is released or escalated by itself before then.",
            (parse, reason) => new(reason, Span: UntilWhen.Span(parse.GetRequiredValue(span))), span);
    }

    public static Command Rule()
    {
        var ruling = Ruling("The ruling");
        ruling.Required = true;
        return Create(
            RequestKinds.Rule, "rule", "Record a ruling alone, also on a closed case: nothing is approved or undone.",
            (parse, reason) => new(reason, parse.GetValue(ruling)), ruling);
    }

    public static Command HandOver()
    {
        var to = new Option<string>("--to") { Description = "The person or the team that takes it on.", HelpName = "NAME", Required = true };
        return Create(
            RequestKinds.HandOver, "hand-over", "Hand a case to a person or a team, with the reason as its note; `cases list --assignee NAME` finds it.",
            (parse, reason) => new(reason, Assignee: parse.GetRequiredValue(to)), to);
    }

    private static Option<string?> Ruling(string description)
    {
        var ruling = new Option<string?>("--ruling") { Description = description + ": " + string.Join(", ", Rulings.All) + ".", HelpName = "RULING" };
        ruling.AcceptOnlyFromAmong([.. Rulings.All]);
        return ruling;
    }

    private static Command Create(string kind, string name, string description, Func<ParseResult, string, RequestPayload> payload, params Option[] own)
    {
        var id = CaseId.Argument();
        var reason = Person.Reason("Why, in a sentence: what the next reader of the case learns.");
        var by = new Option<string>("--by") { Description = "Who asks; with --server the key says so.", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName };
        var wait = new Option<int>("--wait") { Description = "Seconds to wait for the outcome, 0 to 3600.", HelpName = "S", DefaultValueFactory = _ => 30 };
        wait.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 3600)
            {
                result.AddError("--wait takes 0 to 3600 seconds.");
            }
        });
        var json = GlobalOptions.Json();
        var command = new Command(name, description) { id, reason, by, wait, json };
        foreach (var option in own)
        {
            command.Add(option);
        }

        BulkAct.AddTo(command);
        ServerOption.AddTo(command);
        command.SetAction((parse, ct) => BulkAct.IsAskedFor(parse) ? BulkAct.RunAsync(parse, kind, payload(parse, parse.GetRequiredValue(reason)), ct) : CaseDesk.RunAsync(parse, async desk =>
        {
            var number = parse.GetRequiredValue(id);
            if (await desk.ShowAsync(number, ct) is not { Case: var of })
            {
                return await CaseId.UnknownAsync(parse, number);
            }

            var request = await desk.AskAsync(kind, parse.GetRequiredValue(by), of, payload(parse, parse.GetRequiredValue(reason)), ct);
            var answer = await Outcome.WaitAsync(() => desk.FindAsync(request, of.Id, ct), request, TimeSpan.FromSeconds(parse.GetRequiredValue(wait)), ct);
            return await Outcome.TellAsync(parse, answer, parse.GetRequiredValue(wait), parse.GetValue(json));
        }, ct));
        return command;
    }
}
