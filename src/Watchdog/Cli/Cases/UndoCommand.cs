using System.CommandLine;
using Watchdog.Cli.Remote;

namespace Watchdog.Cli.Cases;

/// <summary><c>watchdog cases undo BULK</c>: takes back what was asked of many cases at once, as far as nobody has taken it.</summary>
internal static class UndoCommand
{
    public static Command Create()
    {
        var id = new Argument<long>("BULK") { Description = "The bulk's number, as the command with `--where` told it." };
        var by = Person.By();
        var command = new Command("undo", "Take back a bulk: every request of it that no worker has taken. What was taken goes its way.") { id, by };
        ServerOption.AddTo(command);
        command.SetAction((parse, ct) => BulkDesks.RunAsync(parse, async desk =>
        {
            var (stands, sentence) = await desk.UndoAsync(parse.GetRequiredValue(id), parse.GetRequiredValue(by), ct);
            await (stands ? parse.InvocationConfiguration.Output : parse.InvocationConfiguration.Error).WriteLineAsync(Screen.Plain(sentence));
            return stands ? ExitCodes.Ok : ExitCodes.NotHealthy;
        }, ct));
        return command;
    }
}
