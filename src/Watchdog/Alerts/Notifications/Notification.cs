namespace Watchdog.Alerts.Notifications;

/// <summary>What a notification wants of its receiver.</summary>
public enum NotificationKind
{
    /// <summary>Tell a person: the first time, or because it grew past what was told.</summary>
    Page,
    /// <summary>Show the incident as it is now; wake nobody. A later one makes it pointless.</summary>
    Update,
    /// <summary>It is over. Never left out.</summary>
    Resolve,
}

/// <summary>
/// An incident as a receiver is told of it: written once into the outbox as JSON, rendered by each receiver in its own words and limits. Texts that came
/// from guests are bounded and free of control characters, and are still escaped by each receiver.
/// </summary>
/// <param name="Incident">Key in <c>incident</c>.</param>
/// <param name="Generation">Which page of the incident it belongs to, from 1. With <paramref name="Incident"/> it makes <see cref="DedupKey"/>.</param>
/// <param name="Sequence">Which notification of the incident it is, from 1; grows with every one.</param>
/// <param name="Severity">Of its page, which its updates and its resolve share: receivers know an alert by it, and a higher one is a further page.</param>
/// <param name="Region">The AWS Region, where it has one.</param>
/// <param name="Title">What and where, under 200 characters; begins with <c>Dry run:</c> where nothing is done to any VM.</param>
/// <param name="Summary">A few plain sentences: what was seen, how much of it, what was done.</param>
/// <param name="At">Fleet time of this notification.</param>
/// <param name="FirstSeen">When the first of it was seen, fleet time.</param>
/// <param name="LastSeen">When the last of it was seen, fleet time.</param>
/// <param name="EndedAt">When the last of it ended; null while it is on.</param>
/// <param name="Size">Members now; for a <see cref="NotificationKind.Resolve"/> the most there were.</param>
/// <param name="Owners">Owners among them.</param>
/// <param name="UsdPerHour">What its VMs cost an hour; null where no price is known.</param>
/// <param name="Reason">Why receivers are told now, in a sentence.</param>
/// <param name="ByOwner">The most frequent first, ten at most.</param>
/// <param name="Worst">The ten worst members.</param>
/// <param name="Done">What was done about it, a sentence each.</param>
/// <param name="Undoable">Whether all that was done can be undone; null where nothing was done.</param>
/// <param name="NextStep">What a person should do now, in a sentence.</param>
/// <param name="Failing">Whether an act on it fails.</param>
public sealed record Notification(
    long Incident, int Generation, int Sequence, NotificationKind Kind, IncidentKey Key, Severity Severity, string? Region, bool DryRun, string Title, string Summary,
    DateTimeOffset At, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, DateTimeOffset? EndedAt, int Size, int Owners, decimal? UsdPerHour, string Reason,
    IReadOnlyList<Tally> ByOwner, IReadOnlyList<Tally> ByRegion, IReadOnlyList<Tally> ByType, IReadOnlyList<WorstMember> Worst, IReadOnlyList<string> Done, bool? Undoable,
    string NextStep, bool Failing, IncidentLinks Links)
{
    /// <summary>By which a receiver knows the incident again: the same for a page, its updates and its resolve; a further page has one of its own.</summary>
    public string DedupKey => FormattableString.Invariant($"watchdog-{Incident}-{Generation}");

    /// <summary>The message's id: the same in every attempt to send it.</summary>
    public string MessageId => FormattableString.Invariant($"incident_{Incident}_{Sequence}");
}

/// <summary>How many of one name.</summary>
public sealed record Tally(string Name, int Count);

/// <summary>One member of an incident, as far as a receiver shows it.</summary>
/// <param name="Member">What it is: <c>case:17</c>, <c>act:4</c>, a worker's name.</param>
/// <param name="Sentence">Its evidence with values, in a sentence.</param>
/// <param name="Link">Its own page; null where there is none.</param>
public sealed record WorstMember(string Member, string? InstanceId, string? Owner, string Sentence, string? Link);

/// <summary>Where to go on, absolute URLs; null where <c>Alerts:Links</c> names no base for it.</summary>
public sealed record IncidentLinks(string? Incident, string? Case, string? Runbook, string? Dashboard, string? Silence, string? Release);
