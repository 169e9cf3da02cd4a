using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Reports.Bulks;

/// <summary>Reads sets of cases: what is in them, and their members by pages.</summary>
public sealed class SetReads(NpgsqlDataSource database)
{
    /// <summary>Members a page.</summary>
    public const int PageSize = 50;

    /// <summary>What matches now, and one page of it by case.</summary>
    public async Task<(SetCounts Counts, IReadOnlyList<CaseRecord> Page)> MatchingAsync(CaseFilter filter, int page, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var groups = Statement.On(connection, null,
            $"select c.class, c.state, c.owner, count(*)::int from case_file c where {CaseFilter.Condition} group by 1, 2, 3", filter.Values);
        var counts = SetCounts.Of(await Rows.AllAsync(groups, Group, ct));
        await using var members = Statement.On(connection, null,
            $"select {Rows.Case} from case_file c where {CaseFilter.Condition} order by c.id limit $16 offset $17", [.. filter.Values, PageSize, (page - 1) * PageSize]);
        return (counts, await Rows.AllAsync(members, Rows.ReadCase, ct));
    }

    /// <summary>What is in a frozen bulk; the cases' states are those of now.</summary>
    public async Task<SetCounts> FrozenAsync(long bulk, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var groups = Statement.On(connection, null,
            "select c.class, c.state, c.owner, count(*)::int from bulk_item i join case_file c on c.id = i.case_id where i.bulk_id = $1 group by 1, 2, 3", bulk);
        return SetCounts.Of(await Rows.AllAsync(groups, Group, ct));
    }

    private static (string, string, string, int) Group(NpgsqlDataReader r) => (r.GetString(0), r.GetString(1), r.GetString(2), r.GetInt32(3));
}
