using System.Data;
using Npgsql;

namespace Watchdog.Ledger.Auditing;

/// <summary>
/// Recomputes the chain, one seal after the other, in one snapshot: memory stays that of one seal however many there are. It finds what
/// somebody did who may write to the tables and disable their triggers. Who also recomputes every later seal is found by a hash kept elsewhere.
/// </summary>
public sealed class AuditVerifier(NpgsqlDataSource database)
{
    /// <summary>Breaks told one by one; the rest are counted.</summary>
    public const int MostTold = 100;

    private const int SealsARead = 16;

    /// <summary>Verifies the chain.</summary>
    /// <param name="from">The first seal to recompute, from 1; those before it are trusted.</param>
    /// <param name="anchor">A seal's hash that was kept elsewhere; null when there is none.</param>
    public async Task<AuditVerdict> VerifyAsync(long from, byte[]? anchor, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var walk = new AuditWalk(from, await BeforeAsync(connection, transaction, from, ct));
        long? anchored = null;
        while (await ReadAsync(connection, transaction, walk.Next, SealsARead, ct) is { Count: > 0 } seals)
        {
            foreach (var seal in seals)
            {
                var (after, strict) = walk.Enter(seal);
                await CompareAsync(connection, transaction, walk, seal, after, strict, ct);
                anchored = anchor is not null && seal.Sha256.AsSpan().SequenceEqual(anchor) ? seal.Seq : anchored;
            }
        }

        if (anchor is not null && anchored is null)
        {
            walk.Tell(AuditBreakKind.UnknownAnchor, walk.Next, null,
                $"no seal from {from} on has the hash {Convert.ToHexStringLower(anchor)}: the chain was cut or computed anew since that hash was kept");
        }

        var (unsealed, since) = await UnsealedAsync(connection, transaction, walk.Last, ct);
        await TellIfAheadAsync(connection, transaction, walk, ct);
        return new AuditVerdict(walk.Seals, walk.Lines, unsealed, since, await HeadAsync(connection, transaction, ct), anchored, walk.Broken, walk.Breaks);
    }

    /// <summary>The chain's last seal; null when nothing is sealed.</summary>
    public async Task<AuditHead?> HeadAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await HeadAsync(connection, null, ct);
    }

    private static async Task<AuditHead?> HeadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "select seq, at, sha256, (select sum(lines)::bigint from audit_seal) from audit_seal order by seq desc limit 1");
        return (await Rows.AllAsync(command, r => new AuditHead(
            r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), Convert.ToHexStringLower(r.GetFieldValue<byte[]>(2)), r.GetInt64(3)), ct)).SingleOrDefault();
    }

    private static async Task<AuditSeal?> BeforeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long from, CancellationToken ct) =>
        (await ReadAsync(connection, transaction, from - 1, 1, ct)).SingleOrDefault(seal => seal.Seq == from - 1);

    private static async Task<List<AuditSeal>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long from, int limit, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"select {AuditSeal.Columns} from audit_seal where seq >= $1 order by seq limit $2", from, limit);
        return await Rows.AllAsync(command, AuditSeal.Read, ct);
    }

    private static async Task CompareAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AuditWalk walk, AuditSeal seal, Position after, bool strict, CancellationToken ct)
    {
        var comparison = new SealComparison(seal, strict);
        await using (var command = Statement.On(connection, transaction,
            $"""
            select {AuditLine.Columns} from audit
            where (xid, id) > ($1::text::xid8, $2) and (xid, id) <= ($3::text::xid8, $4) order by xid, id
            """, after.XidText, after.Id, seal.Last.XidText, seal.Last.Id))
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                comparison.Take(AuditLine.Read(reader), walk);
            }
        }

        comparison.End(walk);
    }

    private static async Task<(long Count, DateTimeOffset? Since)> UnsealedAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Position last, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "select count(*), min(at) from audit where (xid, id) > ($1::text::xid8, $2)", last.XidText, last.Id);
        return (await Rows.AllAsync(command, r => (r.GetInt64(0), r.IsDBNull(1) ? (DateTimeOffset?)null : r.GetFieldValue<DateTimeOffset>(1)), ct)).Single();
    }

    private static async Task TellIfAheadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, AuditWalk walk, CancellationToken ct)
    {
        try
        {
            await AuditChainException.ThrowIfAheadAsync(connection, transaction, walk.Last, ct);
        }
        catch (AuditChainException ahead)
        {
            walk.Tell(AuditBreakKind.SealAhead, walk.Next - 1, null, ahead.Message);
        }
    }
}
