namespace Watchdog.Ledger;

/// <summary>What a request must say to mean something. Pure; asked at the door, before anything is written.</summary>
public static class RequestRules
{
    /// <summary>Longest name of an actor or an assignee.</summary>
    public const int LongestName = 200;

    /// <summary>Longest key that a client gives a request.</summary>
    public const int LongestKey = 200;

    /// <summary>What is wrong with a request, in a sentence; null when nothing is.</summary>
    public static string? Fault(string kind, RequestPayload payload) => kind switch
    {
        _ when !RequestKinds.All.Contains(kind) => $"There is no request '{kind}': one of {string.Join(", ", RequestKinds.All)}.",
        _ when payload.Ruling is { } ruling && !Rulings.All.Contains(ruling) => $"There is no ruling '{ruling}': one of {string.Join(", ", Rulings.All)}.",
        _ when string.IsNullOrWhiteSpace(payload.Reason) => "A request needs a reason: it is what the next reader of the case learns.",
        RequestKinds.Rule when payload.Ruling is null => $"A ruling says which: one of {string.Join(", ", Rulings.All)}.",
        RequestKinds.Extend when !(payload.Span >= TimeSpan.FromMinutes(1) && payload.Span <= TimeSpan.FromDays(365)) => "An extension says by how much, from a minute to 365 days.",
        RequestKinds.HandOver when string.IsNullOrWhiteSpace(payload.Assignee) => "A case is handed to somebody: name the person or the team.",
        RequestKinds.HandOver when payload.Assignee.Length > LongestName => $"A name of {payload.Assignee.Length} characters is none: at most {LongestName}.",
        _ => null,
    };

    /// <summary>What is wrong with a client's key, in a sentence; null when nothing is.</summary>
    public static string? KeyFault(string key) =>
        key.Length is 0 or > LongestKey || key.Any(c => c is < '!' or > '~') ? $"A request's key has 1 to {LongestKey} visible ASCII characters." : null;
}
