using Watchdog.Enforcement;
using Watchdog.Enforcement.Plans;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Judging;

/// <summary>What somebody should know of a case before they ask something of it. Pure.</summary>
/// <param name="Facts">In sentences.</param>
/// <param name="Refusal">Why it would be refused as the case stands; null where it would not.</param>
public sealed record Beforehand(IReadOnlyList<string> Facts, string? Refusal = null)
{
    /// <summary>Of one kind of request.</summary>
    internal static Beforehand Of(string kind, WholeCase whole, PolicyOptions policy, DateTimeOffset now)
    {
        var of = whole.Case;
        return kind switch
        {
            RequestKinds.Confirm when Waiting(whole) is var waiting => new([ApprovalQueue.Words(waiting, policy.Mode), .. Lost(waiting)]),
            RequestKinds.Release when Done(whole) is var done => new([Undone(done), .. Lost(done)]),
            RequestKinds.Extend => new(
                of.Clock is { } clock ? [$"It is {clock.Words()}."] : [], ExtendRequest.Refusal(of, TimeSpan.FromMinutes(1), policy.LongestExtension, now) is { } why ? Sentence(why) : null),
            RequestKinds.HandOver => new([of.Assignee is { } name ? $"{name} has it now." : "Nobody has taken it on so far."],
                of.ClosedAt is null ? null : $"Case {of.Id} is {of.State}: nothing is left to hand over."),
            _ => new([whole.Rulings is [.., var last] ? $"{last.Actor} ruled {Say.Words(last.Ruling)}: {last.Reason}" : "Nobody has ruled on it so far.",
                "A ruling alone changes nothing on the VM; it counts in the detectors' precision and in the VM's uptime."]),
        };
    }

    private static List<ActRecord> Waiting(WholeCase whole) =>
        [.. whole.Acts.Where(act => act is { Purpose: ActPurposes.Abuse, Kind: not ActKinds.Release, State: ActStates.Observed or ActStates.Proposed, ApprovedBy: null })];

    private static List<ActRecord> Done(WholeCase whole) => [.. whole.Acts.Where(act => act.Kind != ActKinds.Release
        && act.State is ActStates.Executing or ActStates.Applied or ActStates.Verified or ActStates.Unverifiable or ActStates.Escalated)];

    private static string Undone(List<ActRecord> done) => done.Count == 0
        ? "Nothing was done to the VM: what is proposed is withdrawn, and the case is closed."
        : $"It undoes {string.Join(" and ", done.Select(act => $"act {act.Id} ({act.Kind}, {act.State})"))}.";

    private static IEnumerable<string> Lost(List<ActRecord> acts) => acts
        .SelectMany(act => PlanOf(act)?.NotBroughtBack ?? []).Distinct().Select(lost => $"Its undo does not bring back {lost}.");

    /// <summary>An act's plan; null where none was made.</summary>
    internal static Plan? PlanOf(ActRecord act) => act is { PlanJson: { } json, Kind: not ActKinds.Release } ? LedgerJson.Read<Plan>(json) : null;

    private static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}";
}
