using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Storage;
using EpisodeChange = Watchdog.Detection.EpisodeChange;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Policy.Ladders;

/// <summary>
/// Takes the open cases of a scope up their ladders: where a rung has ended and the behaviour goes on, the next is proposed. One transaction a
/// run, of a bounded number of cases; admission decides afterwards what begins.
/// </summary>
public sealed class LadderRun(NpgsqlDataSource database, VmRepository vms, IOptions<PolicyOptions> options, ILogger<LadderRun> log)
{
    /// <summary>Most cases a run; the rest is for the next one, seconds later.</summary>
    private const int MostCases = 200;

    /// <summary>How far back a stop is remembered that its owner has undone.</summary>
    private static readonly TimeSpan ActMemory = TimeSpan.FromDays(14);

    /// <summary>Runs once.</summary>
    /// <returns>How many episodes were moved.</returns>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    public async Task<int> RunAsync(short scope, Fence fence, DateTimeOffset now, CancellationToken ct)
    {
        var moved = await FencedWrite.RunAsync(database, fence, (connection, transaction) => ClimbAsync(connection, transaction, scope, now, ct), ct);
        if (moved > 0)
        {
            Log.Climbed(log, scope, moved);
        }

        return moved;
    }

    /// <summary>What the policy looks back at for VMs: acts since two weeks, rulings as long as they are remembered.</summary>
    internal static DateTimeOffset Since(PolicyOptions options, DateTimeOffset now) => now - (options.RulingMemory > ActMemory ? options.RulingMemory : ActMemory);

    private async Task<int> ClimbAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, DateTimeOffset now, CancellationToken ct)
    {
        await LadderTable.SpendClosedAsync(connection, transaction, scope, ct);
        var locked = await LadderTable.LockRipeAsync(connection, transaction, scope, MostCases, now, ct);
        if (locked.Length == 0)
        {
            return 0;
        }

        var cases = (await CaseWriter.ReadAsync(connection, transaction, locked, ct)).ToDictionary(of => of.Id);
        var ids = cases.Values.Select(of => of.InstanceId).ToArray();
        var known = (await vms.ByIdsAsync(ids, ct)).ToDictionary(vm => vm.InstanceId, StringComparer.Ordinal);
        var past = await PastReads.SinceAsync(connection, transaction, ids, Since(options.Value, now), ct);
        var exemptions = await Exemptions.InForceAsync(connection, transaction, [.. known.Values.Select(vm => (vm.InstanceId, vm.Owner))], now, ct);
        var moved = 0;
        foreach (var on in await LadderTable.RipeAsync(connection, transaction, locked, now, ct))
        {
            var of = cases[on.CaseId];
            if (!known.TryGetValue(of.InstanceId, out var vm))
            {
                await LadderTable.SpendAsync(connection, transaction, on, ct);
            }
            else
            {
                var before = past.GetValueOrDefault(of.InstanceId, Past.None) with { Standing = on.Standing, ConfirmedAt = on.ConfirmedAt };
                moved += await MoveAsync(connection, transaction, of, vm, on, before, exemptions.GetValueOrDefault(of.InstanceId), now, ct) ? 1 : 0;
            }
        }

        return moved;
    }

    private async Task<bool> MoveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, Vm vm, OnLadder on, Past past, Exemption? exemption, DateTimeOffset now,
        CancellationToken ct)
    {
        var policy = options.Value;
        if (policy.LadderOf(on.Finding.Class, vm.Plan) is not { } ladder || LadderRules.LeavesAt(ladder, on.Standing, on.GoesOn) is not { } at)
        {
            await LadderTable.SpendAsync(connection, transaction, on, ct);
            return false;
        }

        if (at > now)
        {
            await LadderTable.LookAgainAsync(connection, transaction, on, at, ct);
            return false;
        }

        var change = new EpisodeChange(on.EpisodeId, EpisodeStep.Confirmed, vm, on.Onset, on.Finding);
        var proposal = PolicyRules.Decide(change, exemption, past, policy, now);
        if (of.LeadCase is not null || of.Followers > 0)
        {
            proposal = PolicyRules.ForPerson(proposal, "One of a batch of its owner's VMs: a person decides.");
        }

        if (proposal.Rung is not { } rung)
        {
            await LadderTable.SpendAsync(connection, transaction, on, ct);
            return false;
        }

        if (proposal.State == ProposalState.Refused || rung == on.Standing.Rung && proposal.Kind is null)
        {
            await LadderTable.LookAgainAsync(connection, transaction, on, proposal.DueAt ?? now, ct);
            return false;
        }

        var act = await Proposing.ProposeAsync(connection, transaction, of, change, proposal, again: true, now, ct);
        await LadderTable.PutAsync(connection, transaction, of, on.EpisodeId, rung, act, proposal.DueAt, climbs: true, now, ct);
        return true;
    }
}
