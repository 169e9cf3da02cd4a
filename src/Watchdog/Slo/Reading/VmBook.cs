using Npgsql;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Reading;

/// <summary>What the books say of one VM.</summary>
/// <param name="database">The one database.</param>
public sealed class VmBook(NpgsqlDataSource database)
{
    // A span never crosses a month's end, so none that reaches into the asked minutes begins before the first one's month.
    private const string Sql =
        """
        select i.from_min, least(i.to_min, w.watermark_min), i.cause, i.agent, i.grp, i.to_min
        from slo_vm v join slo_interval i on i.vm = v.id join slo_group g on g.id = i.grp join slo_scope w on w.scope = g.scope
        where v.instance_id = $1 and i.from_min >= $2 and i.from_min < $3 and i.to_min > $4 and i.from_min < w.watermark_min
        order by i.from_min
        """;

    /// <summary>The VM's intervals in [from, to), in order; empty for a VM that the books do not know.</summary>
    /// <param name="instanceId">EC2's id.</param>
    /// <param name="from">First minute.</param>
    /// <param name="to">First minute after.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<BookedInterval>> IntervalsAsync(string instanceId, int from, int to, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = instanceId });
        command.Parameters.Add(new() { Value = Minute.MonthOf(from) });
        command.Parameters.Add(new() { Value = to });
        command.Parameters.Add(new() { Value = from });
        List<BookedInterval> intervals = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var (begin, end) = (Math.Max(from, reader.GetInt32(0)), Math.Min(to, reader.GetInt32(1)));
            if (begin < end)
            {
                intervals.Add(new(
                    new(begin, end, (Cause)reader.GetInt16(2), (AgentSeen)reader.GetInt16(3)), reader.GetInt32(4), reader.GetInt32(5) == Minute.Open));
            }
        }

        return intervals;
    }
}
