using System.Globalization;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Policy.Exempting;

namespace Watchdog.Reports.Pages;

/// <summary>What became of what the visitor has just asked for, by the numbers that stand in the address to which they were sent back.</summary>
public sealed class ToldReads(RequestInbox inbox, ExemptionBook exemptions, ExemptionDesk desk, Clocks clocks)
{
    /// <summary>The query's name of a request.</summary>
    public const string Request = "asked";

    /// <summary>The query's name of an exemption.</summary>
    public const string Exemption = "exempted";

    /// <summary>The query's name of a proposal of one.</summary>
    public const string Proposal = "proposed";

    /// <summary>All of these names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Request, Exemption, Proposal];

    /// <summary>In words; null: the address names nothing.</summary>
    public async Task<string?> OfAsync(IQueryCollection query, CancellationToken ct)
    {
        List<string> told = [];
        if (Number(query, Exemption) is { } exemption && await exemptions.FindAsync(exemption, ct) is { } there)
        {
            told.Add(there.EndedAt is null ? $"Exemption {there.Id}: {there.Sentence}." : $"Exemption {there.Id} of {there.Kind} {there.Subject} has ended.");
        }

        if (Number(query, Proposal) is { } proposal && await desk.FindProposalAsync(proposal, clocks.Fleet.GetUtcNow(), ct) is { } proposed)
        {
            told.Add(Of(proposed));
        }

        if (Number(query, Request) is { } asked && await inbox.FindAsync(asked, ct) is { } request)
        {
            told.Add(request.Outcome is { } outcome ? $"Case {request.CaseId}, {Say.Words(request.Kind)}: {request.State}. {outcome}"
                : $"Case {request.CaseId}: {Say.Words(request.Kind)} is asked for; the worker that holds the lease carries it out within seconds.");
        }

        return told.Count == 0 ? null : string.Join(' ', told);
    }

    private static string Of(ExemptionProposal proposed) => proposed.State switch
    {
        "open" => $"Proposal {proposed.Id}: {proposed.Kind} {proposed.Subject}; an admin other than {proposed.Author} has to approve it before {Say.Minute(proposed.ExpiresAt)}.",
        "expired" => $"Proposal {proposed.Id}: nobody approved it in time.",
        _ => $"Proposal {proposed.Id}: {proposed.State} by {proposed.DecidedBy}.",
    };

    private static long? Number(IQueryCollection query, string name) =>
        long.TryParse(query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
