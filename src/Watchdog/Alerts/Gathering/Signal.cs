namespace Watchdog.Alerts.Gathering;

/// <summary>What a signal says of a member.</summary>
public enum SignalState
{
    /// <summary>It is on.</summary>
    Raised,
    /// <summary>Something more is known of it; whether it is on stays as it was.</summary>
    Changed,
    /// <summary>It is over.</summary>
    Cleared,
}

/// <summary>One piece of news about a member: of an event of the log, or of a condition.</summary>
/// <param name="Key">Its incident where it is raised; for the others only the kind counts: a member is in one incident of a kind at a time.</param>
/// <param name="Member">What it is: <c>case:17</c>, <c>condition:worker-1</c>; the same name is the same member.</param>
/// <param name="At">Fleet time.</param>
public sealed record Signal(SignalState State, IncidentKey Key, string Member, Severity Severity, DateTimeOffset At, MemberFacts Facts, string? Traceparent = null);
