using Watchdog.Ledger;
using Watchdog.Policy.Exempting;

namespace Watchdog.Reports.Exempting;

/// <summary>The form of an exemption, with what it would have covered once a scope has been chosen.</summary>
/// <param name="Case">The case that gives rise to it; null: none does.</param>
/// <param name="Scopes">What the case's VM could be covered by; empty without a case.</param>
/// <param name="Preview">Null: nothing that means something was chosen so far.</param>
/// <param name="First">The first day on which it may end.</param>
/// <param name="Last">The last.</param>
/// <param name="Back">Where to go afterwards.</param>
/// <param name="Wrong">What was wrong with what was sent; null: nothing was.</param>
public sealed record ExemptModel(
    CaseRecord? Case, IReadOnlyList<ExemptScope> Scopes, ExemptInput Input, ExemptionPreview? Preview, DateOnly First, DateOnly Last, string Back, string? Wrong);
