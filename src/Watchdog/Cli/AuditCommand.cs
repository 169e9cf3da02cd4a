using System.CommandLine;
using Watchdog.Cli.Auditing;

namespace Watchdog.Cli;

/// <summary><c>watchdog audit</c>: the trail of decisions, and whether it is whole.</summary>
internal static class AuditCommand
{
    public static Command Create() => new("audit", "The trail of every decision, act, refusal and ruling: list it, and verify that nobody changed it.")
    {
        AuditListCommand.Create(),
        VerifyCommand.Create(),
        HeadCommand.Create(),
    };
}
