using Watchdog.Ledger;

namespace Watchdog.Owners.Notices;

/// <summary>Which events an owner is told about.</summary>
public static class NoticeRules
{
    /// <summary>The notice's type; null: none. An act is told of when its changes are in force, whether or not they are proven yet.</summary>
    /// <param name="what">The event's kind.</param>
    /// <param name="act">The act's kind; null when the event is about none.</param>
    public static string? TypeOf(string what, string? act) => (what, act) switch
    {
        ("act.verified", ActKinds.Warn) => NoticeTypes.Warned,
        ("act.verified", ActKinds.Block) => NoticeTypes.Blocked,
        ("act.applied" or "act.verified", ActKinds.Quarantine or ActKinds.Restrain or ActKinds.Stop or ActKinds.Reboot) => NoticeTypes.Contained,
        ("act.escalated", _) => NoticeTypes.Escalated,
        ("case.released", _) => NoticeTypes.Released,
        _ => null,
    };

    /// <summary>The message's id: the same however often an event, or another event of the same act, is read.</summary>
    public static string MessageId(string type, long caseId, long? act) =>
        FormattableString.Invariant($"{type.Replace('.', '_')}_{(act is { } id ? $"act_{id}" : $"case_{caseId}")}");
}
