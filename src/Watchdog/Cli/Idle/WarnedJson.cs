using Watchdog.IdleShutdown.Warnings;

namespace Watchdog.Cli.Idle;

/// <summary>A VM's warning, as JSON; its names are a contract.</summary>
/// <param name="Deadline">Not stopped before.</param>
/// <param name="Waits">Whether the stop also waits until somebody was told, and LeadMinutes after that.</param>
internal sealed record WarnedJson(string Code, DateTimeOffset WarnedAt, DateTimeOffset Deadline, bool Waits, double LeadMinutes, DateTimeOffset? ToldAt)
{
    public static WarnedJson? Of(IdleWarning? warning) => warning is null ? null
        : new(warning.Code, warning.WarnedAt, warning.Deadline, warning.Waits, warning.Lead.TotalMinutes, warning.ToldAt);

    /// <summary>The same in a sentence after others; empty where it was not warned.</summary>
    public static string Words(IdleWarning? warning) => warning is null ? "" : $" Warned at {Screen.At(warning.WarnedAt)}; {warning.Holds}.";
}
