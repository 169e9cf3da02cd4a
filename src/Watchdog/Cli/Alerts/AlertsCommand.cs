using System.CommandLine;

namespace Watchdog.Cli.Alerts;

/// <summary><c>watchdog alerts</c>: what on-call is told, and why.</summary>
internal static class AlertsCommand
{
    public static Command Create() => new("alerts", "What on-call is told: incidents with every decision about them, silences, and the messages to receivers.")
    {
        IncidentListCommand.Create(), IncidentShowCommand.Create(), IncidentAckCommand.Create(), SilenceCommand.Create(), SilencesCommand.Create(),
        OutboxCommand.Create(), ReplayMessagesCommand.Create(), TestReceiverCommand.Create(),
    };
}
