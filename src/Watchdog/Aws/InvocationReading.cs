using System.Globalization;
using Watchdog.Telemetry;

namespace Watchdog.Aws;

/// <summary>SSM's states in our words.</summary>
internal static class InvocationReading
{
    /// <summary>A ping's state; a word that SSM does not document is unknown.</summary>
    public static AgentState AgentOf(string? ping) => ping switch
    {
        "Online" => AgentState.Online,
        "ConnectionLost" => AgentState.ConnectionLost,
        // The agent was removed or its registration expired.
        "Inactive" => AgentState.Unmanaged,
        _ => AgentState.Unknown,
    };

    /// <summary>When the agent took a command; null for an empty text, which SSM sends before that, and for one that is no instant.</summary>
    public static DateTimeOffset? StartOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    /// <summary>An invocation's state; the details tell the two kinds of time-out apart, with and without a space.</summary>
    public static InvocationState StateOf(string? status, string? details) => (status, details?.Replace(" ", "", StringComparison.Ordinal)) switch
    {
        ("Success", _) => InvocationState.Done,
        (_, "DeliveryTimedOut" or "Undeliverable" or "Terminated") => InvocationState.DeliveryTimedOut,
        (_, "ExecutionTimedOut") or ("TimedOut", _) => InvocationState.ExecutionTimedOut,
        ("Failed" or "Cancelled" or "Cancelling", _) => InvocationState.Failed,
        _ => InvocationState.Pending,
    };
}
