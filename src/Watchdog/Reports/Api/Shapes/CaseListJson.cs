using Watchdog.Ledger;

namespace Watchdog.Reports.Api.Shapes;

/// <summary>Cases as JSON; its names are a contract.</summary>
internal sealed record CaseListJson(IReadOnlyList<CaseJson> Cases)
{
    public static CaseListJson Of(IReadOnlyList<CaseRecord> cases, IReadOnlyDictionary<long, ActRecord> acts) =>
        new([.. cases.Select(of => CaseJson.Of(of, acts.GetValueOrDefault(of.Id)))]);
}

/// <summary>A page of cases.</summary>
/// <param name="Next">What to send as cursor for the next page; null: this is the last.</param>
internal sealed record CasePageJson(IReadOnlyList<CaseJson> Cases, string? Next);

/// <summary>One case.</summary>
/// <param name="Done">The latest act; null when there is none.</param>
/// <param name="LeadCase">The first case of its owner's batch; null when it is none or the first itself.</param>
/// <param name="Followers">Cases that stand under it; the list leaves them to it.</param>
/// <param name="Clock">What happens while it is contained and nobody confirms or releases it: <c>at</c>, <c>does</c> (release or escalate), <c>fired_at</c>; null: nothing.</param>
/// <param name="Assignee">Who has taken it on; null: nobody.</param>
/// <param name="Version">Grows with every change that a person should have seen before asking for something.</param>
internal sealed record CaseJson(
    long Id, string InstanceId, short Scope, string Owner, string Class, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, string State,
    double Score, string Reason, string RuleVersion, int Version, long? LeadCase, int Followers, DoneJson? Done, CaseClock? Clock, string? Assignee)
{
    public static CaseJson Of(CaseRecord of, ActRecord? act) => new(
        of.Id, of.InstanceId, of.Scope, of.Owner, of.Class, of.OpenedAt, of.ClosedAt, of.State, of.Score, of.Reason, of.RuleVersion, of.Version, of.LeadCase, of.Followers,
        act is null ? null : new(act.Id, act.Kind, act.State), of.Clock, of.Assignee);
}

/// <summary>What was done last.</summary>
internal sealed record DoneJson(long ActId, string Kind, string State);
