using System.CommandLine;
using System.Globalization;
using Npgsql;
using Watchdog.Alerts.Sending;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Webhooks;

namespace Watchdog.Cli.Alerts;

/// <summary><c>watchdog alerts replay RECEIVER</c>: sends messages anew.</summary>
internal static class ReplayMessagesCommand
{
    public static Command Create()
    {
        var receiver = new Argument<string>("RECEIVER") { Description = "The receiver's name." };
        var id = new Argument<long?>("ID") { Description = "The message's number, as `alerts outbox` shows it.", Arity = ArgumentArity.ZeroOrOne };
        var dead = new Option<bool>("--dead") { Description = "All that are dead, instead of one." };
        var by = Person.By();
        var command = new Command(
            "replay", "Send messages anew, under the ids they had, with what followed them of the same incident. A receiver that closed (410) is open again.") { receiver, id, dead, by };
        command.Validators.Add(result =>
        {
            if (result.GetValue(id) is null != result.GetValue(dead))
            {
                result.AddError("replay takes an ID or --dead.");
            }
        });
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var count = await OutboxTable.ReplayAsync(
                services.GetRequiredService<NpgsqlDataSource>(), AlertChannels.Prefix + parse.GetRequiredValue(receiver), parse.GetValue(id), parse.GetRequiredValue(by),
                services.GetRequiredService<Clocks>().Wall.GetUtcNow(), ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} message(s) wait to be sent."));
            return count > 0 || parse.GetValue(dead) ? ExitCodes.Ok : ExitCodes.NotHealthy;
        }, ct));
        return command;
    }
}
