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
        if (RequestRules.Fault(kind, payload) is { } fault)
        {
            throw new ArgumentException(fault, nameof(payload));
        }

        return await WriteAsync(connection, transaction, null, kind, actor, caseId, expectedVersion, payload, at, ct)
            ?? throw new InvalidOperationException($"A request about case {caseId} was not written.");
    }

    /// <summary>
    /// Asks under a key of the asker's own: asked twice, by a double click or a repeated POST, it is one request. Everything that keeps it from
    /// being recorded is told in a sentence.
    /// </summary>
    /// <param name="key">The client's key, the asker's own; null: each asking is another request.</param>
    public async Task<Asked> AskAsync(
        string? key, string kind, string actor, long caseId, int? expectedVersion, RequestPayload payload, DateTimeOffset at, CancellationToken ct)
    {
        if ((RequestRules.Fault(kind, payload) ?? (key is null ? null : RequestRules.KeyFault(key))) is { } fault)
        {
            return new(AskedAs.Wrong, null, fault);
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            if (await WriteAsync(connection, transaction, key, kind, actor, caseId, expectedVersion, payload, at, ct) is { } written)
            {
                await transaction.CommitAsync(ct);
                return new(AskedAs.Recorded, written, $"Request {written} is recorded.");
            }
        }
        catch (PostgresException none) when (none.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return new(AskedAs.Unknown, null, $"There is no case {caseId}.");
        }

        await using var command = Statement.On(connection, transaction,
            """
            select r.id, r.kind, r.case_id, r.kind = $3 and r.case_id = $4 and r.expected_version is not distinct from $5::int and r.payload = $6
            from request r where r.actor = $1 and r.client_key = $2
            """, CleanText.Of(actor, RequestRules.LongestName), key, kind, caseId, expectedVersion, LedgerJson.Parameter(payload));
        var (there, asked, of, same) = (await Rows.AllAsync(command, r => (r.GetInt64(0), r.GetString(1), r.GetInt64(2), r.GetBoolean(3)), ct)).Single();
        return same
            ? new(AskedAs.Again, there, $"Request {there} was recorded before under this key.")
            : new(AskedAs.Conflict, null, $"This key was used for request {there} ({asked} of case {of}), which says something else: nothing was asked for. Give another request another key.");
    }

    /// <summary>Whether an asker has used a key.</summary>
    public async Task<bool> KnowsAsync(string actor, string key, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            "select exists (select 1 from request where actor = $1 and client_key = $2)", CleanText.Of(actor, RequestRules.LongestName), key);
        return (await Rows.AllAsync(command, r => r.GetBoolean(0), ct)).Single();
    }

    // Null where the key is there already.
    private static async Task<long?> WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string? key, string kind, string actor, long caseId, int? expectedVersion,
        RequestPayload payload, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            insert into request (at, kind, actor, case_id, expected_version, payload, client_key, state)
            values ($1, $2, $3, $4, $5, $6, $7, case when $2 in ('release', 'confirm') then 'open' else 'held' end)
            on conflict (actor, client_key) where client_key is not null do nothing returning id
            """, at, kind, CleanText.Of(actor, RequestRules.LongestName), caseId, expectedVersion, LedgerJson.Parameter(payload), key);
        if ((long?)await command.ExecuteScalarAsync(ct) is not { } id)
        {
            return null;
        }

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

    /// <summary>The keys of a scope's open requests whose time has come: those that were asked by themselves before those of a bulk, then the oldest.</summary>
    public async Task<IReadOnlyList<long>> OpenAsync(short scope, int limit, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            """
            select r.id from request r join case_file c on c.id = r.case_id
            where r.state in ('open', 'held') and (r.not_before is null or r.not_before <= $2) and c.scope = $1
            order by r.bulk_id is not null, r.id limit $3
            """, scope, now, limit);
        return await Rows.AllAsync(command, reader => reader.GetInt64(0), ct);
    }

    /// <summary>An open request, locked until the transaction ends; null when somebody has dealt with it.</summary>
    public static async Task<RequestRecord?> LockOpenAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"select {Rows.Request} from request r where r.id = $1 and r.state in ('open', 'held') for update", id);
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
            where id = $1 returning case_id, kind, actor, bulk_id
            """, id, state, act, CleanText.Of(outcome), at);
        foreach (var (of, kind, asked, bulk) in await Rows.AllAsync(command, r => (r.GetInt64(0), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? (long?)null : r.GetInt64(3)), ct))
        {
            await Audit.AppendAsync(connection, transaction, at, Audit.Machine, $"request.{state}", $"case:{of}", act,
                bulk is null ? new { request = id, kind, by = asked, act, outcome } : new { request = id, bulk, kind, by = asked, act, outcome }, ct);
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
