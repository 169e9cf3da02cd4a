using System.CommandLine;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;

namespace Watchdog.Cli.Exceptions;

/// <summary>The word <c>end</c> of <c>exemptions</c> and <c>holds</c>.</summary>
internal static class EndCommand
{
    /// <summary>Ends one; false when there is none of that number in force.</summary>
    public delegate Task<bool> Ending(IServiceProvider services, long id, string reason, string by, DateTimeOffset now, CancellationToken ct);

    /// <param name="thing">What is ended, with its article: <c>an exemption</c>.</param>
    public static Command Create(string thing, Ending end)
    {
        var name = thing[(thing.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        var id = new Argument<long>("ID") { Description = $"The {name}'s number, as `{name}s list` shows it." };
        var (reason, by) = (Person.Reason("Why it ends before its time."), Person.By());
        var command = new Command("end", $"End {thing} before its time.") { id, reason, by };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var (number, now) = (parse.GetRequiredValue(id), services.GetRequiredService<Clocks>().Fleet.GetUtcNow());
            if (!await end(services, number, parse.GetRequiredValue(reason), parse.GetRequiredValue(by), now, ct))
            {
                await parse.InvocationConfiguration.Error.WriteLineAsync($"There is no {name} {number} in force; `watchdog {name}s list` shows those that are.");
                return ExitCodes.NotHealthy;
            }

            await parse.InvocationConfiguration.Output.WriteLineAsync($"{char.ToUpperInvariant(name[0])}{name[1..]} {number} has ended.");
            return ExitCodes.Ok;
        }, ct));
        return command;
    }
}
