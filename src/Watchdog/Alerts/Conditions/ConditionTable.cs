using Npgsql;
using Watchdog.Alerts.Gathering;
using Watchdog.Alerts.Storing;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Conditions;

/// <summary>Table <c>alert_condition</c>.</summary>
internal static class ConditionTable
{
    /// <summary>How the names of conditions' members begin.</summary>
    public const string Prefix = "condition:";

    /// <summary>What no worker has seen for so long has ended: three signs of life, and one to spare.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);

    /// <summary>Writes what a worker sees; what it saw before and sees no more is removed, but for kinds of which it could not tell.</summary>
    /// <param name="unknown">Kinds that could not be measured: they stay what they were.</param>
    public static async Task WriteAsync(
        NpgsqlDataSource database, string node, IReadOnlyList<Condition> seen, IReadOnlyList<string> unknown, DateTimeOffset server, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var put = Statement.On(connection, transaction,
            """
            insert into alert_condition (kind, technique, scope, node, severity, since, holds_for, seen_at, facts)
            select c.kind, c.technique, c.scope, c.node, c.severity, $8, c.holds_for, $8, c.facts::jsonb
            from unnest($1, $2, $3, $4, $5, $6, $7) as c(kind, technique, scope, node, severity, holds_for, facts) order by 1, 2, 3, 4
            on conflict (kind, technique, scope, node) do update set severity = excluded.severity, holds_for = excluded.holds_for, facts = excluded.facts,
              since = case when alert_condition.seen_at < excluded.seen_at - $9 then excluded.since else least(alert_condition.since, excluded.since) end, seen_at = excluded.seen_at
            """,
            Each(c => c.Key.Kind), Each(c => c.Key.Technique), Each(c => c.Key.Scope), Each(c => c.Everywhere ? IncidentKey.Cluster : node), Each(c => Words.Of(c.Severity)),
            Each(c => c.HoldsFor), Each(c => c.Facts.Json()), server, Lasts);
        await put.ExecuteNonQueryAsync(ct);
        await using var keep = Statement.On(connection, transaction,
            "update alert_condition set seen_at = $3 where node = any($1) and kind = any($2) and seen_at >= $4", new[] { node, IncidentKey.Cluster }, unknown.ToArray(), server, server - Lasts);
        await keep.ExecuteNonQueryAsync(ct);
        // What any worker would see ends by its age alone: another one may just not have looked.
        await using var drop = Statement.On(connection, transaction,
            "delete from alert_condition where (node = $1 and seen_at <> $2 and not kind = any($4)) or seen_at < $3", node, server, server - Lasts, unknown.ToArray());
        await drop.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);

        T[] Each<T>(Func<Condition, T> of) => [.. seen.Select(of)];
    }

    /// <summary>What some worker sees, and the condition members that are on in open incidents.</summary>
    public static async Task<(IReadOnlyList<SeenCondition> Seen, IReadOnlyList<ConditionMember> Members)> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset server, CancellationToken ct)
    {
        await using var seen = Statement.On(connection, transaction,
            "select kind, technique, scope, node, severity, since, holds_for, facts::text from alert_condition where seen_at >= $1 order by 1, 2, 3, 4", server - Lasts);
        await using var members = Statement.On(connection, transaction,
            """
            select i.kind, i.technique, i.scope, m.member, m.severity, m.last_at, m.facts::text from incident_member m join incident i on i.id = m.incident_id
            where m.member like 'condition:%' and m.cleared_at is null and i.resolved_at is null
            """);
        return (
            await Rows.AllAsync(seen, r => new SeenCondition(
                Key(r), r.GetString(3), Words.Read(r.GetString(4)), r.GetFieldValue<DateTimeOffset>(5), r.GetTimeSpan(6), MemberFacts.Of(r.GetString(7))), ct),
            await Rows.AllAsync(members, r => new ConditionMember(
                Key(r), r.GetString(3), Words.Read(r.GetString(4)), r.GetFieldValue<DateTimeOffset>(5), MemberFacts.Of(r.GetString(6))), ct));
    }

    private static IncidentKey Key(NpgsqlDataReader r) => new(r.GetString(0), r.GetString(1), r.GetString(2));
}
