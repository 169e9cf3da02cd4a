using Watchdog.Alerts;
using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Storing;
using Watchdog.Alerts.Telling;
using Watchdog.Webhooks;

namespace Watchdog.Reports.Incidents;

/// <summary>How the messages to one receiver stand.</summary>
/// <param name="Channel">Its name in <c>outbox_channel</c>.</param>
/// <param name="ClosedAt">Since when its receiver wants no more (410); null: it takes them.</param>
/// <param name="Oldest">Since when the oldest waits; null where none does.</param>
public sealed record ChannelLine(string Channel, DateTimeOffset? ClosedAt, long Waiting, DateTimeOffset? Oldest, long Dead);

/// <summary>A page of incidents, the newest first.</summary>
/// <param name="Open">Only those that are not over.</param>
/// <param name="Kind">Only of this kind; null: of all.</param>
/// <param name="Next">Where the older ones go on; null: there are none.</param>
/// <param name="Wall">Wall time, in which messages are stamped.</param>
public sealed record IncidentsModel(
    bool Open, string? Kind, IReadOnlyList<IncidentState> Rows, long? Next, IReadOnlyList<Silence> Silences, IReadOnlyList<ChannelLine> Channels, DateTimeOffset Wall);

/// <summary>One incident.</summary>
/// <param name="Tally">What it is made of; null: it has no member.</param>
/// <param name="Decisions">Oldest first.</param>
/// <param name="Messages">The newest of those that were written about it, newest first.</param>
/// <param name="Silences">Those that match it now.</param>
/// <param name="Links">Where the configured links lead.</param>
public sealed record IncidentModel(
    IncidentState Incident, IncidentTally? Tally, IReadOnlyList<Decision> Decisions, IReadOnlyList<OutboxMessage> Messages, IReadOnlyList<Silence> Silences,
    IncidentLinks Links, DateTimeOffset Wall)
{
    /// <summary>How incidents of its kind are told.</summary>
    public KindRule Rule => KindTable.Of(Incident.Key.Kind);
}

/// <summary>The form of an acknowledgement or a silence.</summary>
/// <param name="Wrong">What was wrong with what was sent; null: nothing was sent.</param>
public sealed record IncidentActModel(IncidentState Incident, string Back, string? Wrong);

/// <summary>Messages to receivers, the newest first.</summary>
/// <param name="State">Only of this state; null: of all.</param>
public sealed record MessagesModel(string? Channel, string? State, IReadOnlyList<OutboxMessage> Rows, IReadOnlyList<ChannelLine> Channels, DateTimeOffset Wall)
{
    /// <summary>At most so many are shown.</summary>
    public const int Most = 100;

    /// <summary>The states of a message.</summary>
    public static IReadOnlyList<string> States { get; } = ["waiting", "sent", "dead", "superseded"];
}
