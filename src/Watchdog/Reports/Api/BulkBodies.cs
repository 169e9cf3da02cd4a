using Watchdog.Ledger;

namespace Watchdog.Reports.Api;

/// <summary>What is to be asked of many cases: of those named, or of those that match.</summary>
/// <param name="Act">release, confirm, extend, rule or hand_over.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Ruling">A ruling to record.</param>
/// <param name="Force">Of a release: also put back what somebody else changed.</param>
/// <param name="Minutes">Of an extension: by how much.</param>
/// <param name="Assignee">Of a handing over: to whom.</param>
/// <param name="Cases">The cases' numbers; either this or where.</param>
/// <param name="Where">Which cases; either this or cases.</param>
internal sealed record BulkBody(
    string? Act, string? Reason, string? Ruling, bool Force, int? Minutes, string? Assignee, IReadOnlyList<long>? Cases, CasesWhere? Where)
{
    public RequestPayload Payload => new(Reason ?? "", Ruling, Force, Minutes is { } span ? TimeSpan.FromMinutes(span) : null, Assignee);

    /// <summary>What is wrong with which cases are meant; null: nothing.</summary>
    public string? SetFault => Cases is null == Where is null ? "cases: name them, or say in where which match; one of the two."
        : Where?.Fault is var (name, what) ? $"where.{name}: {what}" : null;

    /// <summary>Which cases are meant.</summary>
    public CaseFilter Filter(DateTimeOffset now) => Where?.Filter(now) ?? new CaseFilter(Folded: false) { Ids = Cases };
}

/// <param name="Count">How many cases there are, as a person typed it; needed above 25.</param>
internal sealed record StartBody(int? Count);
