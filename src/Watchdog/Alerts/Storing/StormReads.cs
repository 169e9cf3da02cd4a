using Npgsql;
using Watchdog.Alerts.Gathering;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Storing;

/// <summary>Reads which incidents of abuse there are, and which of them a storm has gathered.</summary>
internal static class StormReads
{
    private const string GatheredSql =
        """
        select split_part(m.member, ':', 3)::bigint from incident_member m join incident s on s.id = m.incident_id
        where s.kind = 'abuse' and s.technique = 'many' and s.resolved_at is null and m.cleared_at is null
        """;

    /// <summary>Incidents that a storm has gathered.</summary>
    public static async Task<IReadOnlySet<long>> GatheredAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, GatheredSql);
        return (await Rows.AllAsync(command, r => r.GetInt64(0), ct)).ToHashSet();
    }

    /// <summary>Every incident of abuse that is not resolved, the storm itself excepted.</summary>
    public static async Task<IReadOnlyList<Wave>> WavesAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        var gathered = await GatheredAsync(connection, transaction, ct);
        await using var command = Statement.On(connection, transaction,
            """
            select i.id, i.technique, i.scope, i.settles_at, (select count(*)::int from incident_member m where m.incident_id = i.id and m.cleared_at is null)
            from incident i where i.kind = 'abuse' and i.technique <> 'many' and i.resolved_at is null order by i.id
            """);
        return await Rows.AllAsync(command, r => new Wave(
            r.GetInt64(0), new(IncidentKinds.Abuse, r.GetString(1), r.GetString(2)), r.GetFieldValue<DateTimeOffset>(3), r.GetInt32(4), gathered.Contains(r.GetInt64(0))), ct);
    }
}
