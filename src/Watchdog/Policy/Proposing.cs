using Npgsql;
using Watchdog.Detectors.Findings;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Policy.Ladders;
using EpisodeChange = Watchdog.Detection.EpisodeChange;

namespace Watchdog.Policy;

/// <summary>Writes a proposal as an act of its case. Every method runs in its caller's transaction, which has locked the case.</summary>
internal static class Proposing
{
    /// <summary>Writes the act, unless one that says the same is there.</summary>
    /// <param name="again">Whether a refusal for this very episode was heard before: what it said may have ended.</param>
    /// <returns>The act that the proposal stands on: new, waiting, or in force; null when it speaks of none.</returns>
    public static async Task<long?> ProposeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, EpisodeChange change, Proposal proposal, bool again,
        DateTimeOffset now, CancellationToken ct)
    {
        if (proposal.Kind is not { } kind)
        {
            return null;
        }

        var all = await ActWriter.LockAllAsync(connection, transaction, of.Id, ct);
        var same = all.Where(act => act.Kind == kind).ToList();
        if (same.Find(act => act.State is ActStates.Observed or ActStates.Proposed) is { } waiting)
        {
            if (waiting.NeedsPerson && !proposal.NeedsPerson && proposal.State != ProposalState.Refused)
            {
                await ActWriter.FirmAsync(connection, transaction, of, waiting, change.EpisodeId, proposal.Severity, proposal.Reason, now, ct);
            }

            return waiting.Id;
        }

        // Once is enough: under way, in force, or refused for this very episode.
        if ((same.Find(act => Binds(act) && !IsUndone(act, change)) ?? same.Find(act => !again && act.State == ActStates.Refused && act.EpisodeId == change.EpisodeId)) is { } there)
        {
            return there.Id;
        }

        // What is stronger holds the VM already.
        if (all.Find(act => act.Kind is ActKinds.Quarantine or ActKinds.Stop && Rungs.OfKind(act.Kind) > Rungs.OfKind(kind) && Binds(act) && !IsUndone(act, change)) is { } stronger)
        {
            return stronger.Id;
        }

        var (state, detail) = proposal.State switch
        {
            ProposalState.Refused => (ActStates.Refused, proposal.Reason),
            ProposalState.Observed => (ActStates.Observed, null),
            ProposalState.Proposed when proposal.NeedsPerson => (ActStates.Proposed, AdmissionRules.NeedsPerson),
            ProposalState.Proposed => (ActStates.Proposed, AdmissionRules.ModeProposes),
            _ => (ActStates.Proposed, (string?)null),
        };
        return (await ActWriter.AddAsync(connection, transaction, of, new NewAct(
            kind, state, proposal.Severity, proposal.NeedsPerson, null,
            proposal.State == ProposalState.Refused ? change.Finding.Reason : proposal.Reason, Audit.Machine, VersionOf(change.Finding), detail,
            EpisodeId: change.EpisodeId), now, ct))?.Id;
    }

    /// <summary>The rule version that a finding was made by.</summary>
    public static string VersionOf(Finding finding) => finding.RuleVersion ?? ProgramVersion.Current;

    private static bool Binds(ActRecord act) =>
        act.State is not (ActStates.Observed or ActStates.Proposed or ActStates.Failed or ActStates.Withdrawn or ActStates.Refused or ActStates.Released);

    private static bool IsUndone(ActRecord act, EpisodeChange change) =>
        act.DoneAt is { } done && LadderRules.Undone(change.Vm, act.Kind, new PastAct(act.Id, act.CaseId!.Value, act.Kind, act.State, done).Stands, done);
}
