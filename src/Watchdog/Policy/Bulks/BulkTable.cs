using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Policy.Bulks;

/// <summary>Reads and writes tables <c>bulk</c> and <c>bulk_item</c>.</summary>
internal static class BulkTable
{
    private const string Columns = "b.id, b.at, b.kind, b.actor, b.payload, b.cases, b.started_at, b.not_before, b.undone_at, b.undone_by";

    /// <summary>What an item's request stands at.</summary>
    private const string State = "case when r.id is null then 'frozen' when r.state = 'held' then 'open' else r.state end";

    private const string Requests = "left join request r on r.bulk_id = i.bulk_id and r.case_id = i.case_id";

    public static async Task<long> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string kind, string actor, RequestPayload payload, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "insert into bulk (at, kind, actor, payload, cases) values ($1, $2, $3, $4, 0) returning id", at, kind, actor, LedgerJson.Parameter(payload));
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Puts what matches into the bulk, each case at its version now, one more than there may be at most; returns how many.</summary>
    public static async Task<int> FillAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long bulk, CaseFilter filter, CancellationToken ct)
    {
        List<object?> values = [bulk];
        var where = filter.Condition(values);
        await using var fill = Statement.On(connection, transaction,
            $"""
            insert into bulk_item (bulk_id, case_id, version)
            select $1, c.id, c.version from case_file c where {where} order by c.id limit {BulkRules.MostCases + 1}
            """, [.. values]);
        var cases = await fill.ExecuteNonQueryAsync(ct);
        await using var count = Statement.On(connection, transaction, "update bulk set cases = $2 where id = $1", bulk, cases);
        await count.ExecuteNonQueryAsync(ct);
        return cases;
    }

    /// <summary>A bulk with its counts; null when there is none. In a transaction it is locked until that ends.</summary>
    public static async Task<Bulk?> FindAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, long id, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, $"select {Columns} from bulk b where b.id = $1{(transaction is null ? "" : " for update")}", id);
        if ((await Rows.AllAsync(command, Read, ct)).SingleOrDefault() is not { } bulk)
        {
            return null;
        }

        await using var counts = Statement.On(connection, transaction,
            $"select {State}, count(*)::int from bulk_item i {Requests} where i.bulk_id = $1 group by 1", id);
        return bulk with { Counts = (await Rows.AllAsync(counts, r => (State: r.GetString(0), Count: r.GetInt32(1)), ct)).ToDictionary(row => row.State, row => row.Count) };
    }

    /// <summary>The latest bulks, without their counts.</summary>
    public static async Task<IReadOnlyList<Bulk>> ListAsync(NpgsqlConnection connection, int limit, CancellationToken ct)
    {
        await using var command = Statement.On(connection, null, $"select {Columns} from bulk b order by b.id desc limit $1", limit);
        return await Rows.AllAsync(command, Read, ct);
    }

    /// <summary>Its items after a case, in the order of their cases.</summary>
    public static async Task<IReadOnlyList<BulkItem>> ItemsAsync(NpgsqlConnection connection, long bulk, long after, int limit, CancellationToken ct)
    {
        await using var command = Statement.On(connection, null,
            $"""
            select c.id, c.instance_id, c.owner, c.class, c.state, i.version, c.version <> i.version, r.id, {State}, r.outcome
            from bulk_item i join case_file c on c.id = i.case_id {Requests}
            where i.bulk_id = $1 and i.case_id > $2 order by i.case_id limit $3
            """, bulk, after, limit);
        return await Rows.AllAsync(command, r => new BulkItem(
            r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt32(5), r.GetBoolean(6), r.IsDBNull(7) ? null : r.GetInt64(7),
            r.GetString(8), r.IsDBNull(9) ? null : r.GetString(9)), ct);
    }

    /// <summary>Asks for all of it in one statement.</summary>
    public static async Task StartAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long bulk, DateTimeOffset at, DateTimeOffset notBefore, CancellationToken ct)
    {
        await using var start = Statement.On(connection, transaction, "update bulk set started_at = $2, not_before = $3 where id = $1", bulk, at, notBefore);
        await start.ExecuteNonQueryAsync(ct);
        await using var ask = Statement.On(connection, transaction,
            """
            insert into request (at, kind, actor, case_id, expected_version, payload, state, not_before, bulk_id)
            select $2, b.kind, b.actor, i.case_id, i.version, b.payload, 'held', $3, b.id
            from bulk b join bulk_item i on i.bulk_id = b.id where b.id = $1 order by i.case_id
            """, bulk, at, notBefore);
        await ask.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes back what nobody has taken; returns how many requests.</summary>
    public static async Task<int> WithdrawAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long bulk, string actor, DateTimeOffset at, CancellationToken ct)
    {
        await using var withdraw = Statement.On(connection, transaction,
            "update request set state = 'withdrawn', done_at = $3, outcome = $2 || ' took it back before anything was done.' where bulk_id = $1 and state in ('open', 'held')",
            bulk, actor, at);
        var withdrawn = await withdraw.ExecuteNonQueryAsync(ct);
        if (withdrawn > 0)
        {
            await using var undo = Statement.On(connection, transaction, "update bulk set undone_at = $3, undone_by = $2 where id = $1 and undone_at is null", bulk, actor, at);
            await undo.ExecuteNonQueryAsync(ct);
        }

        return withdrawn;
    }

    /// <summary>The cases of a bulk, and the versions at which they were frozen, in one order.</summary>
    public static async Task<(long[] Cases, int[] Versions)> SetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long bulk, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "select array_agg(case_id order by case_id), array_agg(version order by case_id) from bulk_item where bulk_id = $1", bulk);
        return (await Rows.AllAsync(command, r => (r.GetFieldValue<long[]>(0), r.GetFieldValue<int[]>(1)), ct)).Single();
    }

    private static Bulk Read(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt32(5),
        r.IsDBNull(6) ? null : r.GetFieldValue<DateTimeOffset>(6), r.IsDBNull(7) ? null : r.GetFieldValue<DateTimeOffset>(7),
        r.IsDBNull(8) ? null : r.GetFieldValue<DateTimeOffset>(8), r.IsDBNull(9) ? null : r.GetString(9), new Dictionary<string, int>());
}
