using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;
using Watchdog.Cli;

namespace Watchdog;

internal static class Program
{
    // Behind the host's own limit, 75 s: after two seconds, the parser's default, an act would be cut off in its middle.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(90);

    private static async Task<int> Main(string[] args)
    {
        if (Console.IsOutputRedirected)
        {
            // A file or a pipe has no width of its own; eighty columns would break every table.
            AnsiConsole.Profile.Width = 200;
        }

        var parsed = CommandLine.Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync($"See 'watchdog {NameOf(parsed.CommandResult)}--help'.");
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LongestEnd });
    }

    // "cases release "; nothing for the root, whose own name depends on how the program was started.
    private static string NameOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{NameOf(parent)}{command.Command.Name} " : "";
}
