using Npgsql;

namespace Watchdog.Ledger;

/// <summary>
/// Where pages and commands ask for things (DESIGN 2): they insert a request, and the actuator that holds the lease carries it out.
/// </summary>
public sealed class RequestInbox(NpgsqlDataSource database)
{
    /// <summary>Asks; returns the request's key, to follow it with <see cref="FindAsync(long, CancellationToken)"/>.</summary>
    /// <param name="kind">One of <see cref="RequestKinds"/>.</param>
    /// <param name="expectedVersion">The version that the person saw; refused when the case has moved on. Null asks regardless.</param>
    /// <exception cref="ArgumentException">The kind or the ruling is none that there is, or the reason is empty.</exception>
    /// <exception cref="PostgresException">23503: there is no such case.</exception>
    public async Task<long> InsertAsync(
        string kind, string actor, long caseId, int? expectedVersion, RequestPayload payload, DateTimeOffset at, CancellationToken ct) =>
        (await InsertAsync(kind, actor, [(caseId, expectedVersion)], payload, at, ct))[0];

    /// <summary>Asks the same of several cases in one transaction; returns the requests' keys in the cases' order.</summary>
    /// <inheritdoc cref="InsertAsync(string, string, long, int?, RequestPayload, DateTimeOffset, CancellationToken)"/>
    public async Task<IReadOnlyList<long>> InsertAsync(
        string kind, string actor, IReadOnlyList<(long Case, int? ExpectedVersion)> cases, RequestPayload payload, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        List<long> ids = [];
        foreach (var (of, version) in cases)
        {
            ids.Add(await AddAsync(connection, transaction, kind, actor, of, version, payload, at, ct));
        }

        await transaction.CommitAsync(ct);
        return ids;
    }

    /// <summary>Asks in the caller's transaction; otherwise as <see cref="InsertAsync(string, string, long, int?, RequestPayload, DateTimeOffset, CancellationToken)"/>.</summary>
    public static async Task<long> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string kind, string actor, long caseId, int? expectedVersion, RequestPayload payload,
        DateTimeOffset at, CancellationToken ct)
    {
        if (kind is not (RequestKinds.Release or RequestKinds.Confirm))
        {
            throw new ArgumentException($"There is no request '{kind}': release or confirm.", nameof(kind));
        }

        if (payload.Ruling is { } ruling && !Rulings.All.Contains(ruling))
        {
            throw new ArgumentException($"There is no ruling '{ruling}': one of {string.Join(", ", Rulings.All)}.", nameof(payload));
        }

        if (string.IsNullOrWhiteSpace(payload.Reason))
        {
            throw new ArgumentException("A request needs a reason: it is what the next reader of the case learns.", nameof(payload));
        }

        await using var command = Statement.On(connection, transaction,
            "insert into request (at, kind, actor, case_id, expected_version, payload) values ($1, $2, $3, $4, $5, $6) returning id",
            at, kind, CleanText.Of(actor, 200), caseId, expectedVersion, LedgerJson.Parameter(payload));
        var id = (long)(await command.ExecuteScalarAsync(ct))!;
        await Audit.AppendAsync(connection, transaction, at, actor, $"request.{kind}", $"case:{caseId}", payload, ct);
        return id;
    }

    /// <summary>Requests as they are now, by key.</summary>
    public async Task<IReadOnlyList<RequestRecord>> FindAsync(IReadOnlyList<long> ids, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null, $"select {Rows.Request} from request r where r.id = any($1) order by r.id", ids.ToArray());
        return await Rows.AllAsync(command, Rows.ReadRequest, ct);
    }

    /// <summary>A request as it is now; null when there is none.</summary>
    public async Task<RequestRecord?> FindAsync(long id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null, $"select {Rows.Request} from request r where r.id = $1", id);
        return (await Rows.AllAsync(command, Rows.ReadRequest, ct)).SingleOrDefault();
    }

    /// <summary>The keys of a scope's open requests, oldest first.</summary>
    public async Task<IReadOnlyList<long>> OpenAsync(short scope, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            "select r.id from request r join case_file c on c.id = r.case_id where r.state = 'open' and c.scope = $1 order by r.id", scope);
        return await Rows.AllAsync(command, reader => reader.GetInt64(0), ct);
    }

    /// <summary>An open request, locked until the transaction ends; null when somebody has dealt with it.</summary>
    public static async Task<RequestRecord?> LockOpenAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"select {Rows.Request} from request r where r.id = $1 and r.state = 'open' for update", id);
        return (await Rows.AllAsync(command, Rows.ReadRequest, ct)).SingleOrDefault();
    }

    /// <summary>Records what became of a request, with its audit line: a refusal is a decision too.</summary>
    /// <param name="state"><c>accepted</c> with the act that carries it out, or <c>done refused failed</c>.</param>
    public static async Task AnswerAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long id, string state, long? act, string outcome, DateTimeOffset at,
        CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            update request set state = $2, act_id = coalesce($3, act_id), outcome = $4,
              done_at = case when $2 = 'accepted' then null else $5::timestamptz end
            where id = $1 returning case_id, kind, actor
            """, id, state, act, CleanText.Of(outcome), at);
        foreach (var (of, kind, asked) in await Rows.AllAsync(command, r => (r.GetInt64(0), r.GetString(1), r.GetString(2)), ct))
        {
            await Audit.AppendAsync(connection, transaction, at, Audit.Machine, $"request.{state}", $"case:{of}", act,
                new { request = id, kind, by = asked, act, outcome }, ct);
        }
    }

    /// <summary>Ends the requests that an act was carrying out.</summary>
    public static async Task AnswerByActAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long act, string state, string outcome, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "update request set state = $2, outcome = $3, done_at = $4 where act_id = $1 and state = 'accepted'",
            act, state, CleanText.Of(outcome), at);
        await command.ExecuteNonQueryAsync(ct);
    }
}
