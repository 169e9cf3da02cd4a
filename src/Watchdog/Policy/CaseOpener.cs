using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Policy.Ladders;
using EpisodeChange = Watchdog.Detection.EpisodeChange;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Policy;

/// <summary>Turns episodes' changes into cases and proposed acts, in the transaction that stored the episodes.</summary>
public sealed class CaseOpener(IOptions<PolicyOptions> options, ILogger<CaseOpener> log)
{
    /// <summary>Applies the changes in order. The caller's transaction has asserted its leases and commits.</summary>
    public async Task ApplyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<EpisodeChange> changes, DateTimeOffset now, CancellationToken ct)
    {
        if (changes.Count == 0)
        {
            return;
        }

        var exemptions = await Exemptions.InForceAsync(connection, transaction, [.. changes.Select(c => (c.Vm.InstanceId, c.Vm.Owner))], now, ct);
        var past = await PastReads.SinceAsync(
            connection, transaction, [.. changes.Where(c => c.Step != EpisodeStep.Closed).Select(c => c.Vm.InstanceId)], LadderRun.Since(options.Value, now), ct);
        if (options.Value.BatchVms > 0)
        {
            // Sweeps of other shards open this owner's cases too: before any row is locked, so that none waits in a circle.
            await CaseBatch.LockOwnersAsync(connection, transaction, [.. changes.Select(c => c.Vm.Owner).Distinct()], ct);
        }

        List<(long, string)> matches = [];
        foreach (var change in changes)
        {
            if (change.Step == EpisodeStep.Closed)
            {
                await EndAsync(connection, transaction, change, now, ct);
                continue;
            }

            var exemption = exemptions.GetValueOrDefault(change.Vm.InstanceId);
            var proposal = PolicyRules.Decide(
                change, exemption, past.GetValueOrDefault(change.Vm.InstanceId, Past.None), options.Value, now);
            if (proposal.State == ProposalState.Refused && exemption is not null)
            {
                matches.Add((exemption.Id, change.Vm.InstanceId));
            }

            if (proposal.State != ProposalState.Nothing)
            {
                var of = await OpenOrJoinAsync(connection, transaction, change, now, ct);
                if (await Batches.GatherAsync(connection, transaction, of, change, options.Value, now, ct) is { } batch)
                {
                    proposal = PolicyRules.ForPerson(proposal, batch);
                }

                var act = await Proposing.ProposeAsync(connection, transaction, of, change, proposal, again: false, now, ct);
                if (proposal.Rung is { } rung)
                {
                    await LadderTable.PutAsync(connection, transaction, of, change.EpisodeId, rung, act, proposal.DueAt, climbs: false, now, ct);
                }
            }
        }

        await Exemptions.MatchAsync(connection, transaction, matches, now, ct);
    }

    private static async Task EndAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, EpisodeChange change, DateTimeOffset now, CancellationToken ct)
    {
        if (await CaseWriter.LockOpenAsync(connection, transaction, change.Vm.InstanceId, ct) is not { } of
            || !await CaseWriter.EndEpisodeAsync(connection, transaction, of.Id, change.EpisodeId, now, ct))
        {
            return;
        }

        var why = $"the {Finding.NameOf(change.Finding.Class)} episode ended: {change.Finding.Reason}";
        await ActWriter.WithdrawAsync(connection, transaction, of, change.EpisodeId, Audit.Machine, why, now, ct);
        await CaseWriter.CloseIfSpentAsync(connection, transaction, of, why, now, ct);
    }

    private async Task<CaseRecord> OpenOrJoinAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, EpisodeChange change, DateTimeOffset now, CancellationToken ct)
    {
        var (vm, found) = (change.Vm, change.Finding);
        var name = Finding.NameOf(found.Class);
        var present = await CaseWriter.LockOpenAsync(connection, transaction, vm.InstanceId, ct);
        var of = present ?? await CaseWriter.OpenAsync(
            connection, transaction, vm.InstanceId, vm.Scope, vm.Owner, name, found.Score, found.Reason, Proposing.VersionOf(found), now, ct);
        var isNew = await CaseWriter.JoinAsync(connection, transaction, new CaseEpisodeRecord(
            of.Id, change.EpisodeId, name, change.Onset, now, null, found.Score, found.Reason, LedgerJson.Write(found)), ct);
        if (present is null)
        {
            Log.CaseOpened(log, of.Id, name, vm.InstanceId, found.Reason);
            await Note.On(of, found.Reason).AppendAsync(connection, transaction, now, Audit.Machine, "case.opened", ct);
            return of;
        }

        if (of.Class == name || PolicyRules.SeverityOf(found.Class) > SeverityOf(of.Class))
        {
            await CaseWriter.HeadlineAsync(connection, transaction, of.Id, name, found.Score, found.Reason, ct);
            of = of with { Class = name, Score = found.Score, Reason = found.Reason };
        }

        if (isNew)
        {
            await Note.On(of, found.Reason).AppendAsync(connection, transaction, now, Audit.Machine, "case.joined", ct);
        }

        return of;
    }

    private static short SeverityOf(string name) =>
        PolicyRules.ClassOf(name) is { } found ? PolicyRules.SeverityOf(found) : (short)0;
}
