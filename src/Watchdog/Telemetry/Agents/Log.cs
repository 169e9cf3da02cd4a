using Watchdog.Diagnostics;

namespace Watchdog.Telemetry.Agents;

internal static partial class Log
{
    [LoggerMessage(EventIds.AgentsFailed, LogLevel.Warning, "Listing the lost agents of {Scope} failed; what was known of them stays for eleven minutes: {Why}")]
    public static partial void AgentsFailed(ILogger logger, Exception? defect, string scope, string why);
}
