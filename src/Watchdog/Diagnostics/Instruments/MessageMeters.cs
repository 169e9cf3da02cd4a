using System.Diagnostics.Metrics;
using System.Globalization;

namespace Watchdog.Diagnostics.Instruments;

/// <summary>Messages to programs and people outside.</summary>
public static class MessageMeters
{
    private static readonly Counter<long> Attempts = Meters.Meter.CreateCounter<long>(
        "watchdog.notifications", null, "Attempts to send, by receiver, outcome (sent, again, dead, closed, superseded) and reason (http_200, http_503, no_answer ...).");

    /// <summary>An attempt to send ended.</summary>
    /// <param name="receiver">The channel, by its configured name.</param>
    /// <param name="outcome">What follows: <c>sent</c>, <c>again</c>, <c>dead</c>, <c>closed</c>.</param>
    /// <param name="status">HTTP's status; 0: no answer came; below 0: the message cannot be sent at all.</param>
    public static void Attempted(string receiver, string outcome, int status) => Count(receiver, outcome, status switch
    {
        < 0 => "unsendable",
        0 => "no_answer",
        _ => string.Create(CultureInfo.InvariantCulture, $"http_{status}"),
    }, 1);

    /// <summary>Messages were not sent, since a later one tells more or the receiver is not told of such.</summary>
    /// <param name="receiver">The channel, by its configured name.</param>
    public static void SetAside(string receiver, int messages)
    {
        if (messages > 0)
        {
            Count(receiver, "superseded", "not_sent", messages);
        }
    }

    private static void Count(string receiver, string outcome, string reason, int messages) =>
        Attempts.Add(messages, new("receiver", receiver), new("outcome", outcome), new KeyValuePair<string, object?>("reason", reason));
}
