using Watchdog.Testing;

namespace Watchdog.Tests.Alerts.Killing;

/// <summary>What a receiver sees of a message.</summary>
internal enum Seen
{
    /// <summary>A request comes, and nothing of it is read.</summary>
    Comes,
    /// <summary>It is taken, and not answered.</summary>
    Taken,
    /// <summary>It is answered.</summary>
    Answered,
}

/// <summary>A point of an alert's way at which a worker is killed (SIGKILL), told by what can be seen of it from outside.</summary>
/// <param name="Name">Stage and moment.</param>
/// <param name="Wire">Whether it is this, between worker and database; null: it is between worker and receiver.</param>
/// <param name="Receiver">What the receiver sees, where it is there.</param>
/// <param name="Most">Of points that come once a message, one of so many; 1: the first of a life.</param>
internal sealed record WayPoint(string Name, Func<OnTheWire, bool>? Wire, Seen? Receiver, int Most)
{
    private const string Place = "insert into outbox_channel (name, cursor_xid";
    private const string Message = "insert into outbox (channel";
    private const string Claim = "with head as";
    private const string Note = "update outbox set attempts = attempts + 1";

    /// <summary>All of them, in the order of the way.</summary>
    public static IReadOnlyList<WayPoint> All { get; } =
    [
        At("open: before its place in the log is locked", Place),
        At("open: after the events are read", "select id, key, region from scope"),
        At("group: before what is known of members changes", "with gone as"),
        At("group: before incidents are opened", "insert into incident (kind"),
        At("group: before members are put", "with put as"),
        At("mute: before silences are read", "from silence where until_at"),
        At("dedup: before what was decided is saved", "update incident i set severity"),
        At("route: before who is told, and why, is kept", "insert into incident_decision"),
        At("write: before a message", Message, 20),
        At("write: before its place in the log moves", "update outbox_channel set cursor_xid"),
        new("write: before the commit", met => Commits(met, Message), null, 1),
        new("write: after the commit", met => Committed(met, Message), null, 1),
        At("claim: before it", Claim, 3),
        new("claim: before the commit", met => Commits(met, Claim), null, 3),
        new("claim: after the commit", met => Committed(met, Claim), null, 3),
        new("send: before the request is read", null, Seen.Comes, 20),
        new("send: after the message is taken, before the answer", null, Seen.Taken, 20),
        new("send: after the answer", null, Seen.Answered, 20),
        At("acknowledge: before it", Note, 20),
        new("acknowledge: before the commit", met => Commits(met, Note), null, 20),
        new("acknowledge: after the commit", met => Committed(met, Note), null, 20),
    ];

    private static WayPoint At(string name, string sql, int most = 1) => new(name, met => !met.Answered && met.Sql.Contains(sql, StringComparison.Ordinal), null, most);

    private static bool Commits(OnTheWire met, string after) => met is { Commits: true, Answered: false } && Follows(met, after);

    private static bool Committed(OnTheWire met, string after) => met is { Commits: true, Answered: true } && Follows(met, after);

    private static bool Follows(OnTheWire met, string after) => met.Before.Any(sql => sql.Contains(after, StringComparison.Ordinal));
}
