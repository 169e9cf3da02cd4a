using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Reports.Queue;

namespace Watchdog.Reports.Api;

/// <summary>Which cases: by the names that the queue's address has, with their meanings, and some more. Null does not narrow.</summary>
/// <param name="Show">open (default), closed or all.</param>
/// <param name="Class">The case's class, the most severe that was found.</param>
/// <param name="Scope">Its scope's number.</param>
/// <param name="Age">Opened so many hours ago at least.</param>
/// <param name="Detector">A class that was found on it, its own or another.</param>
/// <param name="Ruling">The latest ruling, or none.</param>
/// <param name="Assignee">Who has taken it on, or none.</param>
/// <param name="Q">An instance id or an owner, as it begins.</param>
/// <param name="Vm">Its VM.</param>
/// <param name="Rule">How the rule version begins that opened it or acted on it.</param>
/// <param name="RuleSince">Since when, by those rules.</param>
/// <param name="Since">Opened since.</param>
/// <param name="Before">Opened before.</param>
internal sealed record CasesWhere(
    string? Show, string? Class, string? State, string? Owner, short? Scope, int? Age, string? Detector, string? Ruling, string? Assignee, string? Q, string? Vm, string? Rule,
    DateTimeOffset? RuleSince, DateTimeOffset? Since, DateTimeOffset? Before)
{
    private const int LongestText = 200;
    private static readonly string[] States = [CaseStates.Open, CaseStates.Contained, CaseStates.Confirmed, CaseStates.Released, CaseStates.Closed];
    private static readonly string[] Classes = [.. Enum.GetValues<FindingClass>().Select(Finding.NameOf)];

    /// <summary>The name that says nothing, and what it may say; null: all are clear.</summary>
    internal (string Field, string What)? Fault =>
        OneOf("show", Show, QueueFilter.Shows) ?? OneOf("state", State, States) ?? OneOf("class", Class, Classes) ?? OneOf("detector", Detector, Classes)
        ?? OneOf("ruling", Ruling, [.. Rulings.All, QueueFilter.None])
        ?? (Age is < 1 or > QueueFilter.MostHours ? ("age", $"1 to {QueueFilter.MostHours} hours.") : ((string, string)?)null)
        ?? Bounded("owner", Owner) ?? Bounded("assignee", Assignee) ?? Bounded("q", Q) ?? Bounded("vm", Vm) ?? Bounded("rule", Rule);

    /// <summary>The same with empty texts left out, as a form's address has them.</summary>
    internal CasesWhere Said() => this with
    {
        Show = Word(Show), Class = Word(Class), State = Word(State), Owner = Word(Owner), Detector = Word(Detector), Ruling = Word(Ruling), Assignee = Word(Assignee), Q = Word(Q),
        Vm = Word(Vm), Rule = Word(Rule),
    };

    /// <summary>The cases that it stands for.</summary>
    internal CaseFilter Filter(DateTimeOffset now)
    {
        var filter = new QueueFilter(Show ?? "open", Class, State, Owner, Scope, Age, Detector, Ruling, Assignee, Q).Cases(now);
        return filter with
        {
            InstanceId = Vm, Since = Since?.ToUniversalTime(), Before = Earlier(filter.Before, Before?.ToUniversalTime()), Rule = Rule, RuleSince = RuleSince?.ToUniversalTime(),
        };
    }

    private static string? Word(string? text) => text?.Trim() is { Length: > 0 } word ? word : null;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    private static (string, string)? OneOf(string name, string? value, IReadOnlyList<string> known) =>
        value is null || known.Contains(value) ? null : (name, $"one of {string.Join(", ", known)}.");

    private static (string, string)? Bounded(string name, string? value) => value is { Length: 0 or > LongestText } ? (name, $"1 to {LongestText} characters.") : null;
}
