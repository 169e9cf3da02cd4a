using System.CommandLine;
using Watchdog.Diagnostics;
using Watchdog.Policy.Bulks;

namespace Watchdog.Cli.Cases;

/// <summary><c>watchdog cases undo BULK</c>: takes back what was asked of many cases at once, as far as nobody has taken it.</summary>
internal static class UndoCommand
{
    public static Command Create()
    {
        var id = new Argument<long>("BULK") { Description = "The bulk's number, as `cases release --where` tells it." };
        var by = Person.By();
        var command = new Command("undo", "Take back a bulk: every request of it that no worker has taken. What was taken goes its way.") { id, by };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            var undone = await services.GetRequiredService<BulkDesk>().UndoAsync(parse.GetRequiredValue(id), parse.GetRequiredValue(by), now, ct);
            await (undone.Stands ? parse.InvocationConfiguration.Output : parse.InvocationConfiguration.Error).WriteLineAsync(Screen.Plain(undone.Sentence));
            return undone.Stands ? ExitCodes.Ok : ExitCodes.NotHealthy;
        }, ct));
        return command;
    }
}
