using System.CommandLine;
using Watchdog.Cli.Remote;
using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Cli.Cases;

/// <summary><c>watchdog cases list</c>.</summary>
internal static class ListCommand
{
    private static readonly string[] States = [CaseStates.Open, CaseStates.Contained, CaseStates.Confirmed, CaseStates.Released, CaseStates.Closed];

    public static Command Create()
    {
        var open = new Option<bool>("--open") { Description = "Only cases that are not closed." };
        var closed = new Option<bool>("--closed") { Description = "Only closed ones." };
        var state = new Option<string?>("--state") { Description = "Only in this state.", HelpName = "STATE" };
        state.AcceptOnlyFromAmong(States);
        var found = new Option<string?>("--class") { Description = "Only where this class was found.", HelpName = "CLASS" };
        found.AcceptOnlyFromAmong([.. Enum.GetValues<FindingClass>().Select(Finding.NameOf)]);
        var owner = new Option<string?>("--owner") { Description = "Only this owner's VMs.", HelpName = "OWNER" };
        var vm = new Option<string?>("--vm") { Description = "Only this VM.", HelpName = "INSTANCE-ID" };
        var since = new Option<string?>("--since") { Description = "Only opened since: an instant (2026-01-31T12:00Z, UTC where it names no zone), or how long ago (30m, 24h, 7d).", HelpName = "WHEN" };
        var assignee = new Option<string?>("--assignee") { Description = "Only those that were handed to this person or team; '' for those that nobody has taken on.", HelpName = "NAME" };
        var limit = new Option<int>("--limit") { Description = "At most so many, newest first; 1 to 10000.", HelpName = "N", DefaultValueFactory = _ => 200 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--limit takes 1 to 10000.");
            }
        });
        var json = GlobalOptions.Json();
        var command = new Command("list", "List cases, newest first.") { open, closed, state, found, owner, vm, since, assignee, limit, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(open) && result.GetValue(closed))
            {
                result.AddError("--open and --closed exclude each other; without either, both are listed.");
            }
        });
        ServerOption.AddTo(command);
        command.SetAction((parse, ct) => CaseDesk.RunAsync(parse, async desk =>
        {
            var filter = new CaseFilter(
                parse.GetValue(open) ? true : parse.GetValue(closed) ? false : null, parse.GetValue(state), parse.GetValue(found),
                parse.GetValue(owner), parse.GetValue(vm), SinceWhen.Read(parse.GetValue(since), desk.Now), parse.GetRequiredValue(limit))
            {
                Assignee = parse.GetValue(assignee),
            };
            var (cases, acts) = await desk.ListAsync(filter, ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(CaseListJson.Of(cases, acts)));
            }
            else
            {
                CaseListTable.Print(Screen.On(output), cases, acts, filter.Limit);
            }

            return ExitCodes.Ok;
        }, ct));
        return command;
    }
}
