using System.Diagnostics.Metrics;
using System.Globalization;

namespace Watchdog.Diagnostics.Instruments;

/// <summary>Messages to programs and people outside.</summary>
public static class MessageMeters
{
    private static readonly Counter<long> Attempts = Meters.Meter.CreateCounter<long>(
        "watchdog.notifications", null, "Attempts to send, by receiver, outcome (sent, again, dead, closed) and reason (http_200, http_503, no_answer ...).");

    /// <summary>An attempt to send ended.</summary>
    /// <param name="receiver">The channel, by its configured name.</param>
    /// <param name="outcome">What follows: <c>sent</c>, <c>again</c>, <c>dead</c>, <c>closed</c>.</param>
    /// <param name="status">HTTP's status; 0: no answer came.</param>
    public static void Attempted(string receiver, string outcome, int status) => Attempts.Add(
        1, new("receiver", receiver), new("outcome", outcome),
        new KeyValuePair<string, object?>("reason", status == 0 ? "no_answer" : string.Create(CultureInfo.InvariantCulture, $"http_{status}")));
}
