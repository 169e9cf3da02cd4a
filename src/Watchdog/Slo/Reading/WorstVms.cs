using Npgsql;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Reading;

/// <summary>A VM's days, added up.</summary>
/// <param name="InstanceId">EC2's id.</param>
/// <param name="Tally">Its minutes.</param>
public sealed record VmTally(string InstanceId, Tally Tally);

/// <summary>The VMs that were down the longest.</summary>
/// <param name="database">The one database.</param>
public sealed class WorstVms(NpgsqlDataSource database)
{
    private const string Sql =
        """
        select v.instance_id, s.good, s.bad, s.excluded, s.unknown
        from (
          select vm, sum(good) as good, sum(bad) as bad, sum(excluded) as excluded, sum(unknown) as unknown
          from slo_daily where day >= $1 and day < $2 group by vm having sum(bad) > 0 order by sum(bad) desc, vm limit $3) s
        join slo_vm v on v.id = s.vm
        order by s.bad desc, s.vm
        """;

    /// <summary>Those with the most bad minutes in the UTC days [from, to), the worst first; VMs without a bad minute are not among them.</summary>
    /// <param name="from">First day.</param>
    /// <param name="to">First day after.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<VmTally>> ReadAsync(DateOnly from, DateOnly to, int most, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RoomToSum.GiveAsync(connection, transaction, ct);
        await using var command = new NpgsqlCommand(Sql, connection, transaction)
        {
            Parameters = { new() { Value = Days.Of(from) }, new() { Value = Days.Of(to) }, new() { Value = most } },
        };
        List<VmTally> worst = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            worst.Add(new(reader.GetString(0), new(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4))));
        }

        return worst;
    }
}
