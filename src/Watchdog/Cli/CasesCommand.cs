using System.CommandLine;
using Watchdog.Cli.Cases;

namespace Watchdog.Cli;

/// <summary><c>watchdog cases</c>: what was found and done, for review; and the requests that a person may make.</summary>
internal static class CasesCommand
{
    public static Command Create() => new("cases", "Review what was found and done: list, show, and ask for a release, a confirmation, more time, a ruling or other hands.")
    {
        ListCommand.Create(),
        ShowCommand.Create(),
        RequestCommand.Release(),
        RequestCommand.Confirm(),
        RequestCommand.Extend(),
        RequestCommand.Rule(),
        RequestCommand.HandOver(),
        UndoCommand.Create(),
    };
}
