using Watchdog.Ledger;

namespace Watchdog.Reports.Judging;

/// <summary>An act's form about one case.</summary>
/// <param name="Key">The form's own: sent twice, it is one request.</param>
/// <param name="Back">Where to go afterwards.</param>
/// <param name="Wrong">What was wrong with what was sent; null: nothing was sent.</param>
public sealed record JudgeModel(
    WholeCase Whole, ActKind Kind, ActInput Input, ActOffers Offers, Beforehand Known, string Key, string Back, string? Wrong);
