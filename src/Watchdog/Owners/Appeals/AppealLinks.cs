using Watchdog.Owners.Links;

namespace Watchdog.Owners.Appeals;

/// <summary>What a link lets its bearer do: read what is known of one case, and say once that it is legitimate.</summary>
/// <param name="CaseId">Key in <c>case_file</c>.</param>
/// <param name="InstanceId">The case's VM.</param>
/// <param name="Until">Until when the owner may object, to the second, wall time.</param>
public sealed record AppealClaim(long CaseId, string InstanceId, DateTimeOffset Until)
{
    /// <summary>A link shows the outcome for longer than it takes objections: who objects on the last day is answered too.</summary>
    private static readonly TimeSpan Answer = TimeSpan.FromDays(14);

    /// <summary>When the link ends.</summary>
    public DateTimeOffset Expires => Until + Answer;
}

/// <summary>Links by which owners object.</summary>
public sealed class AppealLinks(SignedLinks links)
{
    private const string Purpose = "watchdog-appeal-1";

    /// <summary>The link for a claim.</summary>
    public Uri LinkFor(AppealClaim claim) => links.LinkFor(
        FormattableString.Invariant($"/v1/cases/{claim.CaseId}/appeal"), Purpose, SignedLinks.Field(claim.CaseId), claim.InstanceId, SignedLinks.Field(claim.Until));

    /// <summary>Reads a token; null: it is none of ours. Whether it has expired is for the caller to see.</summary>
    public AppealClaim? Read(string? token) => links.Read(Purpose, token) is [var of, var vm, var until]
        ? new(SignedLinks.Number(of), vm, SignedLinks.Instant(until)) : null;
}
