using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Ledger;
using Watchdog.Policy.Exempting;

namespace Watchdog.Policy;

/// <summary>A case with acts that wait for a person.</summary>
/// <param name="Acts">What a confirmation of the case would approve, the most severe first.</param>
/// <param name="Words">That in a sentence.</param>
public sealed record WaitingApproval(CaseRecord Case, IReadOnlyList<ActRecord> Acts, string Words);

/// <summary>All that waits for a person's word.</summary>
/// <param name="Cases">Cases with acts, the worst first.</param>
/// <param name="Proposals">Exemptions that wait for a second person, newest first.</param>
public sealed record Approvals(IReadOnlyList<WaitingApproval> Cases, IReadOnlyList<ExemptionProposal> Proposals);

/// <summary>Reads what waits for a person: acts that are proposed, or observed in mode Observe, and exemptions for the fleet.</summary>
public sealed class ApprovalQueue(NpgsqlDataSource database, ExemptionDesk exemptions, IOptions<PolicyOptions> options)
{
    // What a confirmation approves; nobody has approved these yet.
    private const string Waits = "a.purpose = 'abuse' and a.kind <> 'release' and a.state in ('observed', 'proposed') and a.approved_by is null";

    /// <summary>Lists it.</summary>
    /// <param name="limit">At most so many cases, 1 to 10,000.</param>
    public async Task<Approvals> ListAsync(int limit, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 10_000);
        var mode = options.Value.Mode;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var worst = Statement.On(connection, null,
            $"""
            select {Rows.Case} from (
              select a.case_id, max(a.severity) as severity from act a where {Waits} and (a.needs_person or $1) group by a.case_id) w
            join case_file c on c.id = w.case_id and c.closed_at is null
            order by w.severity desc, c.score desc, c.opened_at, c.id limit $2
            """, mode != PolicyMode.Enforce, limit);
        var cases = await Rows.AllAsync(worst, Rows.ReadCase, ct);
        await using var waiting = Statement.On(connection, null,
            $"select {Rows.Act} from act a where a.case_id = any($1) and {Waits} order by a.severity desc, a.id", cases.Select(of => of.Id).ToArray());
        var acts = (await Rows.AllAsync(waiting, Rows.ReadAct, ct)).ToLookup(act => act.CaseId!.Value);
        return new(
            [.. cases.Select(of => new WaitingApproval(of, [.. acts[of.Id]], Words([.. acts[of.Id]], mode)))],
            await exemptions.ProposalsAsync(all: false, now, ct));
    }

    /// <summary>What a confirmation would approve, and what holds it then.</summary>
    public static string Words(IReadOnlyList<ActRecord> acts, PolicyMode mode) => acts.Count == 0
        ? "A confirmation approves nothing: nothing waits any more."
        : $"A confirmation approves {string.Join(" and ", acts.Select(act => $"act {act.Id} ({act.Kind})"))}"
            + (mode == PolicyMode.Observe ? "; mode Observe begins nothing all the same." : "; brake, guards and caps still hold it.");
}
