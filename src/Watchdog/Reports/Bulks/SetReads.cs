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
        await using var asked = new Questions(connection);
        List<object?> values = [PageSize, (page - 1) * PageSize];
        var members = asked.Ask($"select {Rows.Case} from case_file c where {filter.Condition(values)} order by c.id limit $1 offset $2", Rows.ReadCase, [.. values]);
        List<object?> narrowing = [];
        var groups = asked.Ask($"select c.class, c.state, c.owner, count(*)::int from case_file c where {filter.Condition(narrowing)} group by 1, 2, 3", Group, [.. narrowing]);
        await asked.PutAsync(ct);
        return (SetCounts.Of(groups), members);
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
