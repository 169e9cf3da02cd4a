using Npgsql;
using Watchdog.Storage;

namespace Watchdog.Ledger.Auditing;

/// <summary>
/// Seals the trail's new lines, in the order of transactions and only below the oldest one that still runs: what commits late comes into a
/// later seal and is never skipped. One transaction a seal; a crash loses none and doubles none.
/// </summary>
public sealed class AuditSealer(NpgsqlDataSource database)
{
    /// <summary>Lines in one seal at most: 40 kB of digests.</summary>
    public const int LinesASeal = 1_000;

    /// <summary>Seals in one run at most; the next run goes on.</summary>
    public const int SealsARun = 200;

    /// <summary>Seals what can be sealed; returns how many lines.</summary>
    /// <param name="fence">Holds <see cref="Leases.Audit"/>.</param>
    /// <param name="at">The seals' instant, fleet time.</param>
    /// <param name="ct">Cancels between two seals.</param>
    /// <exception cref="FencedException">Another worker seals; nothing was written.</exception>
    /// <exception cref="AuditChainException">The last seal lies ahead of the database's transactions.</exception>
    public async Task<int> RunAsync(Fence fence, DateTimeOffset at, CancellationToken ct)
    {
        var total = 0;
        for (var seals = 0; seals < SealsARun; seals++)
        {
            var lines = await FencedWrite.RunAsync(database, fence, (connection, transaction) => SealOneAsync(connection, transaction, at, ct), ct);
            total += lines;
            if (lines < LinesASeal)
            {
                break;
            }
        }

        return total;
    }

    private static async Task<int> SealOneAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset at, CancellationToken ct)
    {
        await using var head = Statement.On(connection, transaction, $"select {AuditSeal.Columns} from audit_seal order by seq desc limit 1");
        var last = (await Rows.AllAsync(head, AuditSeal.Read, ct)).SingleOrDefault();
        var after = last?.Last ?? Position.Start;
        await AuditChainException.ThrowIfAheadAsync(connection, transaction, after, ct);
        await using var next = Statement.On(connection, transaction,
            $"""
            select {AuditLine.Columns} from audit
            where (xid, id) > ($1::text::xid8, $2) and xid < pg_snapshot_xmin(pg_current_snapshot())
            order by xid, id limit $3
            """, after.XidText, after.Id, LinesASeal);
        var lines = await Rows.AllAsync(next, AuditLine.Read, ct);
        if (lines.Count == 0)
        {
            return 0;
        }

        var micros = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
        var seal = AuditSeal.Over(lines, (last?.Seq ?? 0) + 1, last?.Sha256 ?? AuditSeal.Nothing, micros);
        await using var insert = Statement.On(connection, transaction,
            """
            insert into audit_seal (seq, at, last_xid, last_id, lines, leaves, previous, sha256)
            values ($1, $2, $3::text::xid8, $4, $5, $6, $7, $8)
            """, seal.Seq, seal.At, seal.Last.XidText, seal.Last.Id, seal.Lines, seal.Leaves, seal.Previous, seal.Sha256);
        await insert.ExecuteNonQueryAsync(ct);
        return lines.Count;
    }
}

/// <summary>The chain cannot go on; the message says why and what to do.</summary>
public sealed class AuditChainException(string message) : Exception(message)
{
    /// <summary>
    /// Transaction numbers begin anew where a dump is restored into another cluster: lines written there would stand before the last seal and
    /// never be sealed. Said, not passed over.
    /// </summary>
    internal static async Task ThrowIfAheadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Position last, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "select pg_snapshot_xmin(pg_current_snapshot())::text, pg_snapshot_xmin(pg_current_snapshot()) <= $1::text::xid8", last.XidText);
        var (oldest, ahead) = (await Rows.AllAsync(command, r => (r.GetString(0), r.GetBoolean(1)), ct)).Single();
        if (ahead)
        {
            throw new AuditChainException(
                $"the audit's last seal ends at transaction {last.XidText} and this database is at {oldest}: a dump restored into another cluster? "
                + $"Stop the server, run `pg_resetwal --next-transaction-id` to get past {last.XidText}, start it (docs/operations.md, Audit).");
        }
    }
}
