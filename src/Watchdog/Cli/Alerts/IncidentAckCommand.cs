using System.CommandLine;
using Npgsql;
using Watchdog.Alerts.Storing;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;

namespace Watchdog.Cli.Alerts;

/// <summary><c>watchdog alerts ack</c>: a person has it in hand.</summary>
internal static class IncidentAckCommand
{
    public static Command Create()
    {
        var id = new Argument<long>("ID") { Description = "The incident's number, as `alerts list` shows it." };
        var reason = new Option<string>("--reason") { Description = "What you are about to do.", HelpName = "TEXT", DefaultValueFactory = _ => "in hand" };
        var by = Person.By();
        var command = new Command("ack", "Say that you have an incident in hand. It goes on being updated, and a further page asks for somebody again.") { id, reason, by };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var number = parse.GetRequiredValue(id);
            if (!await IncidentTable.AcknowledgeAsync(
                services.GetRequiredService<NpgsqlDataSource>(), number, parse.GetRequiredValue(by), parse.GetRequiredValue(reason), services.GetRequiredService<Clocks>().Fleet.GetUtcNow(), ct))
            {
                await parse.InvocationConfiguration.Error.WriteLineAsync($"There is no open incident {number} that nobody has acknowledged; `watchdog alerts list` shows those that are open.");
                return ExitCodes.NotHealthy;
            }

            await parse.InvocationConfiguration.Output.WriteLineAsync($"Incident {number} is acknowledged.");
            return ExitCodes.Ok;
        }, ct));
        return command;
    }
}
