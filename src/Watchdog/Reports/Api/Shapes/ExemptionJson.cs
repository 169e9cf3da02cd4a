using Watchdog.Policy;
using Watchdog.Policy.Exempting;

namespace Watchdog.Reports.Api.Shapes;

/// <summary>Exemptions as JSON; its names are a contract.</summary>
internal sealed record ExemptionsJson(IReadOnlyList<ExemptionJson> Exemptions);

/// <summary>One exemption.</summary>
/// <param name="Vms">How many VMs it has kept from an act.</param>
/// <param name="ApprovedBy">Who approved it beside its author; null where its scope needs one person.</param>
/// <param name="Stale">Why somebody should look at it; null in a plain list.</param>
internal sealed record ExemptionJson(
    long Id, string Kind, string Subject, DateTimeOffset FromAt, DateTimeOffset UntilAt, DateTimeOffset? EndedAt, int Vms, DateTimeOffset? MatchedAt, string Author,
    string? ApprovedBy, long? CaseId, string Reason, string? Stale)
{
    public static ExemptionJson Of(StaleExemption row) => new(
        row.Exemption.Id, row.Exemption.Kind, row.Exemption.Subject, row.Exemption.FromAt, row.Exemption.UntilAt, row.Exemption.EndedAt, row.Exemption.Matches,
        row.Exemption.MatchedAt, row.Exemption.Author, row.Exemption.ApprovedBy, row.Exemption.CaseId, row.Exemption.Reason, row.Why.Length > 0 ? row.Why : null);
}

/// <summary>What came of asking for an exemption, or of deciding on one.</summary>
/// <param name="Answer"><c>recorded again wrong unknown conflict</c>.</param>
internal sealed record ExemptionAnswerJson(string Answer, long? Exemption, long? Proposal, long? Request, string Sentence)
{
    public static ExemptionAnswerJson Of(ExemptionAnswer answer) => new(answer.As.ToString().ToLowerInvariant(), answer.Exemption, answer.Proposal, answer.Request, answer.Sentence);
}
