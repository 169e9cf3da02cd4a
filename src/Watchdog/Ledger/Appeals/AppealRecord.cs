namespace Watchdog.Ledger.Appeals;

/// <summary>A row of <c>appeal</c>: an owner says that what a case found is legitimate.</summary>
/// <param name="Words">The owner's own: a stranger's text, escaped wherever it is shown.</param>
/// <param name="DueAt">By when a person is to have ruled.</param>
/// <param name="FiredAt">When people were told that nobody had; null before.</param>
/// <param name="Ended">One of <see cref="AppealEnds"/>; null while it waits for a person.</param>
public sealed record AppealRecord(
    long Id, long CaseId, DateTimeOffset At, string Words, DateTimeOffset DueAt, DateTimeOffset? FiredAt, DateTimeOffset? EndedAt, string? Ended);

/// <summary>An appeal with what a reviewer needs to choose among several.</summary>
/// <param name="Class">The case's class, lower case.</param>
/// <param name="State">The case's state.</param>
/// <param name="Ruling">The latest ruling on the case, given before the appeal or since; null: none.</param>
public sealed record CaseAppeal(AppealRecord Appeal, string InstanceId, short Scope, string Owner, string Class, string State, string? Ruling);

/// <summary>What stops an appeal's clock; the names in column <c>appeal.ended</c>.</summary>
public static class AppealEnds
{
    /// <summary>A person ruled on the case.</summary>
    public const string Ruled = "ruled";
    /// <summary>The case was released.</summary>
    public const string Released = "released";
    /// <summary>The case was closed: the behaviour ended, or the VM is gone.</summary>
    public const string Closed = "closed";
}
