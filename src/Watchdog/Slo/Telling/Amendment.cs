using Npgsql;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Telling;

/// <summary>What was changed in a month after it had been closed: a row of <c>slo_amendment</c>.</summary>
/// <param name="At">When.</param>
/// <param name="From">First minute.</param>
/// <param name="To">First minute after.</param>
/// <param name="Was">The cause before; null: not in scope.</param>
/// <param name="Became">The cause since; null: not in scope.</param>
/// <param name="Reason">Why.</param>
public sealed record Amendment(DateTimeOffset At, int From, int To, Cause? Was, Cause? Became, string Reason)
{
    /// <summary>Those of one VM that touch the minutes [from, to), in the order in which they were made.</summary>
    public static async Task<IReadOnlyList<Amendment>> ReadAsync(NpgsqlConnection connection, string instanceId, int from, int to, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select a.at, a.from_min, a.to_min, a.was, a.became, a.reason from slo_amendment a join slo_vm v on v.id = a.vm
            where v.instance_id = $1 and a.month >= $4 and a.from_min < $3 and a.to_min > $2 order by a.id
            """, connection)
        {
            Parameters =
            {
                new() { Value = instanceId }, new() { Value = from }, new() { Value = to },
                new() { Value = DateOnly.FromDateTime(Minute.At(Minute.MonthOf(from)).UtcDateTime) },
            },
        };
        List<Amendment> amendments = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            amendments.Add(new(
                reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt32(1), reader.GetInt32(2), CauseAt(reader, 3), CauseAt(reader, 4), reader.GetString(5)));
        }

        return amendments;
    }

    private static Cause? CauseAt(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : (Cause)reader.GetInt16(column);
}
