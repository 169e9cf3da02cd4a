namespace Watchdog.Alerts.Telling;

/// <summary>An incident as it was at its last page.</summary>
/// <param name="Regions">Its Regions then.</param>
/// <param name="Receivers">Who was told, by their configured names: they alone learn of its updates and its end.</param>
public sealed record Paged(DateTimeOffset At, int Size, Severity Severity, bool Failing, IReadOnlyList<string> Regions, IReadOnlyList<string> Receivers);

/// <summary>A row of <c>incident</c>. Fleet time.</summary>
/// <param name="Severity">As of the last look.</param>
/// <param name="SettlesAt">It is told nobody before.</param>
/// <param name="EmptySince">Since when it has had no member that is on; null: it has.</param>
/// <param name="Size">Members that were on at the last look.</param>
/// <param name="Peak">The most there were at any look.</param>
/// <param name="Generation">Pages so far.</param>
/// <param name="Sequence">Notifications so far.</param>
/// <param name="Paged">As it was at the last page; null before the first.</param>
/// <param name="ToldHash">Of what was told last.</param>
/// <param name="Mind">Stage, outcome and reason of the last decision.</param>
public sealed record IncidentState(
    long Id, IncidentKey Key, Severity Severity, DateTimeOffset OpenedAt, DateTimeOffset SettlesAt, DateTimeOffset? EmptySince, DateTimeOffset? ResolvedAt,
    DateTimeOffset? AckedAt, string? AckedBy, int Size, int Peak, int Generation, int Sequence, Paged? Paged, byte[]? ToldHash, DateTimeOffset? ToldAt, string Mind,
    DateTimeOffset DueAt)
{
    /// <summary>How it stands: <c>settling</c>, <c>told</c>, <c>not told</c>, <c>acknowledged by …</c>, <c>empty</c> or <c>over</c>.</summary>
    public string Stands =>
        ResolvedAt is not null ? "over"
        : EmptySince is not null ? "empty"
        : AckedBy is { } by ? $"acknowledged by {by}"
        : Generation > 0 ? "told"
        : Mind.StartsWith("dedup none it settles", StringComparison.Ordinal) || Mind.Length == 0 ? "settling" : "not told";
}
