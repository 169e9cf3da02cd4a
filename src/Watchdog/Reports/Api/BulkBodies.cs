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
    public string? SetFault => Cases is null == Where is null ? "cases: name them, or say in where which match; one of the two." : null;

    /// <summary>Which cases are meant.</summary>
    public CaseFilter Filter => Where?.Filter ?? new CaseFilter(Folded: false) { Ids = Cases };
}

/// <summary>Which cases; null does not narrow.</summary>
/// <param name="Open">True (default): not closed; false: closed.</param>
/// <param name="Class">A class that was found on it.</param>
/// <param name="Headline">The most severe class that was found.</param>
/// <param name="Vm">Its VM.</param>
/// <param name="Rule">How the rule version begins that opened it or acted on it.</param>
/// <param name="RuleSince">Since when, by those rules.</param>
/// <param name="Since">Opened since.</param>
/// <param name="Before">Opened before.</param>
internal sealed record CasesWhere(
    bool? Open, string? State, string? Class, string? Headline, string? Owner, string? Vm, short? Scope, string? Assignee, string? Ruling, string? Rule,
    DateTimeOffset? RuleSince, DateTimeOffset? Since, DateTimeOffset? Before)
{
    public CaseFilter Filter => new(Open ?? true, State, Class, Owner, Vm, Since?.ToUniversalTime(), Folded: false)
    {
        Headline = Headline, Before = Before?.ToUniversalTime(), Scope = Scope, Assignee = Assignee, Ruling = Ruling, Rule = Rule, RuleSince = RuleSince?.ToUniversalTime(),
    };
}

/// <param name="Count">How many cases there are, as a person typed it; needed above 25.</param>
internal sealed record StartBody(int? Count);
