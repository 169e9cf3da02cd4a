using System.CommandLine;
using Npgsql;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Policy;

namespace Watchdog.Cli.Guards;

/// <summary><c>watchdog brake on|off|show</c>: the kill switch.</summary>
internal static class BrakeCommand
{
    public static Command Create() => new("brake", "The kill switch: while it is on, no act begins or goes on, except releases.")
    {
        Turn("on", true, "Halt every act, in all workers, before their next call to AWS."),
        Turn("off", false, "Let acts go on. What turned it on by itself does not do so again within the hour (Policy:Brake:Respite)."),
        Show(),
    };

    private static Command Turn(string name, bool on, string description)
    {
        var (reason, by) = (Person.Reason("Why, in a sentence: it stands in every act that is held."), Person.By());
        var command = new Command(name, description) { reason, by };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var (at, database) = (services.GetRequiredService<Clocks>().Fleet.GetUtcNow(), services.GetRequiredService<NpgsqlDataSource>());
            if (on && await Brake.ReadAsync(database, ct) is { IsOn: true } already)
            {
                // Who looks for the cause later needs the first reason, not the second one's.
                await parse.InvocationConfiguration.Output.WriteLineAsync(
                    Screen.Plain($"The brake is on already, since {Screen.At(already.At)} by {already.Actor}: {already.Reason}. That reason stands."));
                return ExitCodes.Ok;
            }

            await Brake.SetAsync(database, on, parse.GetRequiredValue(reason), parse.GetRequiredValue(by), at, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(on ? "The brake is on: no act begins or goes on, except releases." : "The brake is off.");
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static Command Show()
    {
        var json = GlobalOptions.Json();
        var command = new Command("show", "Say whether it is on, since when, by whom and why.") { json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var brake = await Brake.ReadAsync(services.GetRequiredService<NpgsqlDataSource>(), ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(parse.GetValue(json)
                ? CliJson.Write(new BrakeJson(brake.IsOn, brake.Reason, brake.Actor, brake.At, brake.Cause))
                : Screen.Plain($"The brake is {(brake.IsOn ? "on" : "off")} since {Screen.At(brake.At)} by {brake.Actor}: {brake.Reason}"));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    /// <summary>The switch as JSON; its names are a contract.</summary>
    /// <param name="Cause">What last made the machine turn it on: <c>candidates listed judged equal precision</c>; null where a person did.</param>
    private sealed record BrakeJson(bool IsOn, string Reason, string Actor, DateTimeOffset At, string? Cause);
}
