using System.CommandLine;
using Watchdog.Cli.Cases;

namespace Watchdog.Cli;

/// <summary><c>watchdog cases</c>: what was found and done, for review; and the two requests that a person may make.</summary>
internal static class CasesCommand
{
    public static Command Create() => new("cases", "Review what was found and done: list, show, and ask for a release or a confirmation.")
    {
        ListCommand.Create(),
        ShowCommand.Create(),
        RequestCommand.Release(),
        RequestCommand.Confirm(),
    };
}
