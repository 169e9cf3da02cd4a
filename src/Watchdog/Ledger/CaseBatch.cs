using Npgsql;

namespace Watchdog.Ledger;

/// <summary>An open case with one plateau in it.</summary>
/// <param name="Onset">When the plateau began, by the data.</param>
/// <param name="LeadCase">The case that it stands under; null when it stands by itself.</param>
public sealed record BatchMember(long CaseId, DateTimeOffset Onset, long? LeadCase);

/// <summary>Cases that stand under another. Every method runs in its caller's transaction, which asserted its leases.</summary>
public static class CaseBatch
{
    /// <summary>Lets no other transaction gather the owners' cases until this one ends.</summary>
    public static async Task LockOwnersAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string[] owners, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select pg_advisory_xact_lock(k) from (
              select distinct hashtextextended('case-batch:' || o, 0) as k from unnest($1) as o order by k) keys
            """, [owners]);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>An owner's open cases with a running episode of the classes that began in the span, locked in the order of their ids.</summary>
    public static async Task<IReadOnlyList<BatchMember>> LockOpenAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string owner, string[] classes, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select c.id, e.onset, c.lead_case from case_file c join case_episode e on e.case_id = c.id
            where c.owner = $1 and c.closed_at is null and e.ended_at is null and e.class = any($2) and e.onset between $3 and $4
            order by c.id for update of c
            """, owner, classes, from, to);
        return await Rows.AllAsync(command, static r => new BatchMember(
            r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.IsDBNull(2) ? null : r.GetInt64(2)), ct);
    }

    /// <summary>Puts the cases under their lead, and lets their acts that have not begun wait for a person.</summary>
    public static async Task GatherAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long lead, IReadOnlyList<long> members, string reason, DateTimeOffset at, CancellationToken ct)
    {
        long[] followers = [.. members.Where(id => id != lead)];
        await using var point = Statement.On(connection, transaction,
            $"""
            with c as (update case_file set lead_case = $1, version = version + 1 where id = any($2) and lead_case is null returning *)
            select {Rows.Case} from c
            """, lead, followers);
        foreach (var of in await Rows.AllAsync(point, Rows.ReadCase, ct))
        {
            await Note.On(of, reason).AppendAsync(connection, transaction, at, Audit.Machine, "case.batched", ct);
        }

        await using var hold = Statement.On(connection, transaction,
            """
            update act set needs_person = true, reason = $2 || ' ' || reason
            where case_id = any($1) and state in ('observed', 'proposed') and not needs_person and approved_by is null
            """, members.ToArray(), reason);
        await hold.ExecuteNonQueryAsync(ct);
    }
}
