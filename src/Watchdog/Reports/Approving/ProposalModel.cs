using Watchdog.Policy.Exempting;

namespace Watchdog.Reports.Approving;

/// <summary>The form that decides on a proposed exemption.</summary>
/// <param name="Approves">Whether it approves; else it declines.</param>
/// <param name="Preview">What the exemption would have covered.</param>
/// <param name="Refusal">Why the visitor cannot decide so; null: they can.</param>
/// <param name="Back">Where to go afterwards.</param>
/// <param name="Wrong">What was wrong with what was sent; null: nothing was.</param>
public sealed record ProposalModel(ExemptionProposal Proposal, bool Approves, ExemptionPreview Preview, string? Refusal, string Reason, string Back, string? Wrong);
