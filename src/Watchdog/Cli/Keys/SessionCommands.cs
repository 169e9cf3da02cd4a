using System.CommandLine;
using Spectre.Console;
using Watchdog.Cli.Cases;
using Watchdog.Http;
using Watchdog.Http.Access.Sessions;

namespace Watchdog.Cli.Keys;

/// <summary><c>watchdog access sessions|end</c>: who has signed in, and how that ends before its time.</summary>
internal static class SessionCommands
{
    public static Command List()
    {
        var json = GlobalOptions.Json();
        var command = new Command("sessions", "List who has signed in, newest first.") { json };
        command.SetAction((parse, ct) => RunAsync(parse, async book =>
        {
            Print(parse.InvocationConfiguration.Output, await book.ListAsync(ct), parse.GetValue(json));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    public static Command End()
    {
        var name = new Argument<string>("NAME") { Description = "Whose, as `access sessions` shows it." };
        var (reason, by) = (Person.Reason("Why they end before their time."), Person.By());
        var command = new Command("end", "End all of a person's sessions and unused links at once. Whoever may sign in may do so again: take the role away first where that is meant.") { name, reason, by };
        command.SetAction((parse, ct) => RunAsync(parse, async book =>
        {
            var whose = parse.GetRequiredValue(name);
            var ended = await book.EndAllAsync(whose, parse.GetRequiredValue(reason), parse.GetRequiredValue(by), ct);
            if (ended == 0)
            {
                await parse.InvocationConfiguration.Error.WriteLineAsync(Screen.Plain($"{whose} has no session in force, and no link waits for them; `watchdog access sessions` shows those that are."));
                return ExitCodes.NotHealthy;
            }

            await parse.InvocationConfiguration.Output.WriteLineAsync(Screen.Plain($"{ended} session(s) and unused link(s) of {whose} have ended."));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static Task<int> RunAsync(ParseResult parse, Func<SessionBook, Task<int>> body, CancellationToken ct) =>
        LedgerHost.RunAsync(parse, services => body(services.GetRequiredService<SessionBook>()), ct, more => more.AddSessions());

    private static void Print(TextWriter output, IReadOnlyList<WebSession> sessions, bool json)
    {
        if (json)
        {
            output.WriteLine(CliJson.Write(new SessionsJson(sessions)));
            return;
        }

        if (sessions.Count == 0)
        {
            output.WriteLine("Nobody has signed in.");
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("name", "role", "known by", "since", "until");
        foreach (var one in sessions)
        {
            table.AddRow(Screen.Cell(one.Name), Screen.Cell(one.Role), Screen.Cell(one.Method), Screen.At(one.BeganAt), Screen.At(one.ExpiresAt));
        }

        Screen.On(output).Write(table);
    }

    /// <summary>The JSON; its names are a contract.</summary>
    private sealed record SessionsJson(IReadOnlyList<WebSession> Sessions);
}
