using Watchdog.Ledger;
using Watchdog.Policy.Bulks;
using Watchdog.Reports.Judging;

namespace Watchdog.Reports.Bulks;

/// <summary>What somebody is about to ask of several cases; nothing is frozen so far.</summary>
/// <param name="Page">The page of members that is shown, from 1 on.</param>
/// <param name="MayNot">Why the visitor may not; null: they may.</param>
/// <param name="Wrong">What was wrong with what was sent; null: nothing was.</param>
public sealed record DraftModel(
    BulkSet Set, SetCounts Counts, IReadOnlyList<CaseRecord> Members, int Page, ActKind Kind, ActInput Input, ActOffers Offers, string? MayNot, string? Wrong)
{
    /// <summary>How many pages of members there are, 1 at least.</summary>
    public int Pages => Math.Max(1, (Counts.Total + SetReads.PageSize - 1) / SetReads.PageSize);
}

/// <summary>A bulk from its freezing to its end.</summary>
/// <param name="After">The last case of the page before; 0: the first page.</param>
/// <param name="MayNot">Why the visitor may not start it; null: they may, or it was started.</param>
/// <param name="Wrong">What was wrong with what was sent; null: nothing was.</param>
public sealed record BulkModel(Bulk Bulk, SetCounts Counts, IReadOnlyList<BulkItem> Items, long After, string? MayNot, string? Wrong)
{
    /// <summary>The act as the pages spell it; null: this version does not know it.</summary>
    public ActKind? Kind => ActKind.All.FirstOrDefault(kind => kind.Kind == Bulk.Kind);

    /// <summary>What is asked of each case.</summary>
    public RequestPayload Payload { get; } = LedgerJson.Read<RequestPayload>(Bulk.PayloadJson);

    /// <summary>How many items are in one of some states.</summary>
    public int In(params string[] states) => states.Sum(state => Bulk.Counts.GetValueOrDefault(state));
}
