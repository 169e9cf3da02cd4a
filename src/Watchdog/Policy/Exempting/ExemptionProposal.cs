using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Policy.Exempting;

/// <summary>An exemption that a second person has to approve.</summary>
/// <param name="Author">Who proposed it, and cannot approve it.</param>
/// <param name="UntilAt">When the exemption would end.</param>
/// <param name="ExpiresAt">Nobody can approve it any more from then on.</param>
/// <param name="ReleaseVersion">The version of the case that is released with the approval; null: none is.</param>
/// <param name="State"><c>open approved declined expired</c>.</param>
/// <param name="Decision">Why it was approved or declined; null while nobody has.</param>
/// <param name="ExemptionId">The exemption that came of it; null where none did.</param>
public sealed record ExemptionProposal(
    long Id, string Kind, string Subject, string Reason, string Author, DateTimeOffset At, DateTimeOffset UntilAt, DateTimeOffset ExpiresAt, long? CaseId,
    int? ReleaseVersion, string State, DateTimeOffset? DecidedAt, string? DecidedBy, string? Decision, long? ExemptionId)
{
    internal ExemptionOrder Order => new(Kind, Subject, Reason, UntilAt, CaseId, ReleaseVersion);
}

/// <summary>Reads and writes table <c>exemption_proposal</c>.</summary>
internal static class ProposalTable
{
    // $1 is now: what nobody decided in time has expired, without anybody writing that down.
    private const string Columns =
        """
        p.id, p.kind, p.subject, p.reason, p.author, p.at, p.until_at, p.expires_at, p.case_id, p.release_version,
        case when p.state = 'open' and p.expires_at <= $1 then 'expired' else p.state end, p.decided_at, p.decided_by, p.decision, p.exemption_id
        """;

    public static async Task<IReadOnlyList<ExemptionProposal>> ListAsync(NpgsqlDataSource database, bool all, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"select {Columns} from exemption_proposal p where $2 or (p.state = 'open' and p.expires_at > $1) order by p.id desc limit 1000", now, all);
        return await Rows.AllAsync(command, Read, ct);
    }

    public static async Task<ExemptionProposal?> FindAsync(NpgsqlConnection connection, long id, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Statement.On(connection, null, $"select {Columns} from exemption_proposal p where p.id = $2", now, id);
        return (await Rows.AllAsync(command, Read, ct)).SingleOrDefault();
    }

    public static async Task<ExemptionProposal?> LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, $"select {Columns} from exemption_proposal p where p.id = $2 for update", now, id);
        return (await Rows.AllAsync(command, Read, ct)).SingleOrDefault();
    }

    /// <summary>The open proposal of the same thing; null when there is none.</summary>
    public static async Task<ExemptionProposal?> SameAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ExemptionOrder order, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"""
            select {Columns} from exemption_proposal p
            where p.state = 'open' and p.expires_at > $1 and p.kind = $2 and p.subject = $3 order by p.id limit 1
            """, now, order.Kind, order.Subject);
        return (await Rows.AllAsync(command, Read, ct)).SingleOrDefault();
    }

    public static async Task<long> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ExemptionOrder order, string author, DateTimeOffset at, DateTimeOffset expires, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            insert into exemption_proposal (kind, subject, reason, author, at, until_at, expires_at, case_id, release_version)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id
            """,
            order.Kind, order.Subject, CleanText.Of(order.Reason), CleanText.Of(author, 200), at, order.Until, expires, order.CaseId, order.ReleaseVersion);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public static async Task DecideAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long id, string state, long? exemption, string actor, string why, DateTimeOffset at,
        CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "update exemption_proposal set state = $2, exemption_id = $3, decided_by = $4, decision = $5, decided_at = $6 where id = $1",
            id, state, exemption, CleanText.Of(actor, 200), CleanText.Of(why), at);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static ExemptionProposal Read(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetFieldValue<DateTimeOffset>(5), r.GetFieldValue<DateTimeOffset>(6),
        r.GetFieldValue<DateTimeOffset>(7), r.IsDBNull(8) ? null : r.GetInt64(8), r.IsDBNull(9) ? null : r.GetInt32(9), r.GetString(10),
        r.IsDBNull(11) ? null : r.GetFieldValue<DateTimeOffset>(11), r.IsDBNull(12) ? null : r.GetString(12), r.IsDBNull(13) ? null : r.GetString(13),
        r.IsDBNull(14) ? null : r.GetInt64(14));
}
