using Watchdog.Diagnostics;

namespace Watchdog.Http;

internal static partial class Log
{
    [LoggerMessage(EventIds.Listening, LogLevel.Information, "Listening on {Address}")]
    public static partial void Listening(ILogger logger, Uri address);

    [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "{Method} {Path} failed (request {Request})")]
    public static partial void RequestFailed(ILogger logger, Exception fault, string method, string path, string request);

    [LoggerMessage(EventIds.SignInRefused, LogLevel.Warning, "Somebody did not sign in by the issuer: {Reason}")]
    public static partial void SignInRefused(ILogger logger, Exception fault, string reason);

    [LoggerMessage(EventIds.AnswersStale, LogLevel.Warning, "What requests are answered from could not be read anew ({Reason}); what was read before serves until it is stale")]
    public static partial void Stale(ILogger logger, string reason);
}
