using Npgsql;
using Watchdog.Ledger;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Books;

/// <summary>Minutes to be added to five-minute buckets, or taken off them.</summary>
internal sealed class BucketSheet
{
    /// <summary>Minutes of a bucket.</summary>
    public const int Span = 5;

    private readonly Dictionary<(string Dimension, string Name, short Cause, AgentSeen Agent), List<(int From, int To, int Vms)>> _series = [];

    /// <summary>Adds the minutes [from, to) of so many VMs of a region, type and plan.</summary>
    /// <param name="vms">Negative: they are taken off.</param>
    public void Add(string region, string type, string plan, int from, int to, Cause cause, AgentSeen agent, int vms)
    {
        if (from < to)
        {
            Add("fleet", "fleet", from, to, cause, agent, vms);
            Add("region", region, from, to, cause, agent, vms);
            Add("type", type, from, to, cause, agent, vms);
            Add("plan", plan, from, to, cause, agent, vms);
        }
    }

    /// <summary>Takes off what is stored of the minutes [from, to), whole buckets: what is left is what the stored ones lack.</summary>
    public async Task TakeStoredAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int from, int to, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select k.dimension, k.name, b.at_min, b.cause, b.minutes, b.reached, b.silent from slo_bucket b join slo_key k on k.id = b.key
            where b.at_min >= $1 and b.at_min < $2
            """, from, to);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var (at, cause) = (reader.GetInt32(2), (Cause)reader.GetInt16(3));
            var (reached, silent) = (reader.GetInt32(5), reader.GetInt32(6));
            // A minute of so many VMs weighs as much as so many minutes of one.
            foreach (var (agent, minutes) in ((AgentSeen, int)[])
                [(AgentSeen.Unknown, reader.GetInt32(4) - reached - silent), (AgentSeen.Reached, reached), (AgentSeen.Silent, silent)])
            {
                Add(reader.GetString(0), reader.GetString(1), at, at + 1, cause, agent, -minutes);
            }
        }
    }

    /// <summary>Writes what does not come to nothing.</summary>
    /// <returns>Buckets written.</returns>
    public async Task<int> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        var rows = Cells().GroupBy(cell => (cell.Key.Dimension, cell.Key.Name, cell.Key.At)).Select(cells => (cells.Key, Cells: cells.ToArray())).ToArray();
        if (rows.Length == 0)
        {
            return 0;
        }

        object[] keys = [rows.Select(row => row.Key.Dimension).ToArray(), rows.Select(row => row.Key.Name).ToArray()];
        await using var names = Statement.On(connection, transaction,
            """
            insert into slo_key (dimension, name) select distinct n.dimension, n.name from unnest($1, $2) as n(dimension, name)
            where not exists (select 1 from slo_key k where (k.dimension, k.name) = (n.dimension, n.name))
            """, keys);
        await names.ExecuteNonQueryAsync(ct);
        await using var add = Statement.On(connection, transaction, Upsert,
            [.. keys, rows.Select(row => row.Key.At).ToArray(), .. Causes.All.Select(cause => rows.Select(row => row.Cells.Where(cell => cell.Key.Cause == (short)cause).Sum(cell => cell.Minutes)).ToArray()),
                rows.Select(row => row.Cells.Sum(cell => cell.Reached)).ToArray(), rows.Select(row => row.Cells.Sum(cell => cell.Silent)).ToArray()]);
        await add.ExecuteNonQueryAsync(ct);
        return rows.Length;
    }

    // The columns are the causes' own names, a list of the program's.
    private static readonly string[] Columns = [.. CauseColumns.All, "reached", "silent"];
    private static readonly string Upsert =
        $"""
        insert into slo_five_minutes as b (key, at_min, {string.Join(", ", Columns)})
        select k.id, n.at_min, {string.Join(", ", Columns.Select(column => "n." + column))}
        from unnest({string.Join(", ", Enumerable.Range(1, Columns.Length + 3).Select(number => "$" + number))}) as n(dimension, name, at_min, {string.Join(", ", Columns)})
        join slo_key k on (k.dimension, k.name) = (n.dimension, n.name)
        on conflict (key, at_min) do update set {string.Join(", ", Columns.Select(column => $"{column} = b.{column} + excluded.{column}"))}
        """;

    private void Add(string dimension, string name, int from, int to, Cause cause, AgentSeen agent, int vms)
    {
        var key = (dimension, name, (short)cause, agent);
        if (!_series.TryGetValue(key, out var spans))
        {
            spans = _series[key] = [];
        }

        spans.Add((from, to, vms));
    }

    // The minutes that a span has in a bucket: parts in its first and last one, and all between them by a slope, however long it is.
    private List<Cell> Cells()
    {
        Dictionary<(string Dimension, string Name, int At, short Cause), Cell> cells = [];
        foreach (var ((dimension, name, cause, agent), spans) in _series)
        {
            var (first, last) = (spans.Min(span => span.From) / Span, (spans.Max(span => span.To) - 1) / Span);
            var (parts, slopes) = (new int[last - first + 1], new int[last - first + 2]);
            foreach (var (from, to, vms) in spans)
            {
                var (begin, end) = ((from / Span) - first, ((to - 1) / Span) - first);
                if (begin == end)
                {
                    parts[begin] += (to - from) * vms;
                    continue;
                }

                parts[begin] += (((begin + first + 1) * Span) - from) * vms;
                slopes[begin + 1] += Span * vms;
                slopes[end] -= Span * vms;
                parts[end] += (to - ((end + first) * Span)) * vms;
            }

            var whole = 0;
            for (var i = 0; i < parts.Length; i++)
            {
                whole += slopes[i];
                if (whole + parts[i] is not 0 and var minutes)
                {
                    var key = (dimension, name, (first + i) * Span, cause);
                    cells[key] = cells.GetValueOrDefault(key, new(key, 0, 0, 0)).Plus(agent, minutes);
                }
            }
        }

        return [.. cells.Values.Where(cell => cell is not { Minutes: 0, Reached: 0, Silent: 0 })];
    }

    private sealed record Cell((string Dimension, string Name, int At, short Cause) Key, int Minutes, int Reached, int Silent)
    {
        public Cell Plus(AgentSeen agent, int minutes) => new(
            Key, Minutes + minutes, Reached + (agent == AgentSeen.Reached ? minutes : 0), Silent + (agent == AgentSeen.Silent ? minutes : 0));
    }
}
