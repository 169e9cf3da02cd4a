using Npgsql;
using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Telling;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Storing;

/// <summary>Table <c>incident</c>, and the decisions on it.</summary>
internal static class IncidentTable
{
    /// <summary>Looked at in one transaction, at most.</summary>
    public const int MostALook = 500;

    // What is due later than this was written by a clock that has stepped back since.
    private static readonly TimeSpan Farthest = TimeSpan.FromMinutes(15);

    private const string Columns =
        """
        i.id, i.kind, i.technique, i.scope, i.severity, i.opened_at, i.settles_at, i.empty_since, i.resolved_at, i.acked_at, i.acked_by, i.size, i.peak, i.generation, i.sequence,
        i.paged::text, i.told_hash, i.told_at, i.mind, i.due_at
        """;

    /// <summary>The open incidents that are due, locked.</summary>
    public static async Task<IReadOnlyList<IncidentState>> LockDueAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"select {Columns} from incident i where i.resolved_at is null and (i.due_at <= $1 or i.due_at > $2) order by i.id limit $3 for update", now, now + Farthest, MostALook);
        return await Rows.AllAsync(command, Read, ct);
    }

    /// <summary>Incidents, newest first.</summary>
    /// <param name="open">Only those that are not resolved.</param>
    public static Task<IReadOnlyList<IncidentState>> ListAsync(NpgsqlDataSource database, bool open, int limit, CancellationToken ct) =>
        PageAsync(database, open, null, long.MaxValue, limit, ct);

    /// <summary>Incidents before one, newest first.</summary>
    /// <param name="kind">Of one kind alone; null: of all.</param>
    public static async Task<IReadOnlyList<IncidentState>> PageAsync(NpgsqlDataSource database, bool open, string? kind, long before, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"select {Columns} from incident i where (not $1 or i.resolved_at is null) and ($2::text is null or i.kind = $2) and i.id < $3 order by i.id desc limit $4",
            open, kind, before, limit);
        return await Rows.AllAsync(command, Read, ct);
    }

    /// <summary>One incident; null where there is none.</summary>
    public static async Task<IncidentState?> FindAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, long id, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, $"select {Columns} from incident i where i.id = $1", id);
        return (await Rows.AllAsync(command, Read, ct)).SingleOrDefault();
    }

    /// <summary>Every incident that is on, for inhibition. Where an objective's group is a Region, its member says so.</summary>
    public static async Task<IReadOnlyList<OpenIncident>> OnAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select i.id, i.kind, i.technique, i.scope, i.severity, case when i.kind = 'slo-step' then
              (select min(m.facts ->> 'region') from incident_member m where m.incident_id = i.id and m.cleared_at is null) end
            from incident i
            where i.resolved_at is null and exists (select 1 from incident_member m where m.incident_id = i.id and m.cleared_at is null)
            """);
        return await Rows.AllAsync(command, r => new OpenIncident(
            r.GetInt64(0), new(r.GetString(1), r.GetString(2), r.GetString(3)), Words.Read(r.GetString(4)), r.IsDBNull(5) ? Regions.Of(r.GetString(3)) : r.GetString(5)), ct);
    }

    /// <summary>Writes what looks have made of incidents.</summary>
    public static async Task SaveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<IncidentState> incidents, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            update incident i set severity = n.severity, empty_since = n.empty_since, resolved_at = n.resolved_at, acked_at = n.acked_at, acked_by = n.acked_by, size = n.size,
              peak = n.peak, generation = n.generation, sequence = n.sequence, paged = n.paged::jsonb, told_hash = n.told_hash, told_at = n.told_at, mind = n.mind, due_at = n.due_at
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) as n(id, severity, empty_since, resolved_at, acked_at, acked_by, size, peak, generation,
              sequence, paged, told_hash, told_at, mind, due_at)
            where i.id = n.id
            """,
            Each(i => i.Id), Each(i => Words.Of(i.Severity)), Each(i => i.EmptySince), Each(i => i.ResolvedAt), Each(i => i.AckedAt), Each(i => i.AckedBy), Each(i => i.Size),
            Each(i => i.Peak), Each(i => i.Generation), Each(i => i.Sequence), Each(i => i.Paged is { } paged ? LedgerJson.Write(paged) : null), Each(i => i.ToldHash),
            Each(i => i.ToldAt), Each(i => i.Mind), Each(i => i.DueAt));
        await command.ExecuteNonQueryAsync(ct);

        T[] Each<T>(Func<IncidentState, T> of) => [.. incidents.Select(of)];
    }

    /// <summary>Keeps decisions.</summary>
    public static async Task DecideAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Decision> decisions, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            insert into incident_decision (incident_id, at, stage, outcome, reason)
            select d.id, d.at, d.stage, d.outcome, d.reason from unnest($1, $2, $3, $4, $5) with ordinality as d(id, at, stage, outcome, reason, place) order by place
            """,
            Each(d => d.Incident), Each(d => d.At), Each(d => d.Stage), Each(d => d.Outcome), Each(d => CleanText.Of(d.Reason, 500)));
        await command.ExecuteNonQueryAsync(ct);

        T[] Each<T>(Func<Decision, T> of) => [.. decisions.Select(of)];
    }

    /// <summary>An incident's decisions, oldest first.</summary>
    public static async Task<IReadOnlyList<Decision>> DecisionsAsync(NpgsqlConnection connection, long id, CancellationToken ct)
    {
        await using var command = Statement.On(connection, null, "select at, stage, outcome, reason from incident_decision where incident_id = $1 order by id", id);
        return await Rows.AllAsync(command, r => new Decision(id, r.GetFieldValue<DateTimeOffset>(0), r.GetString(1), r.GetString(2), r.GetString(3)), ct);
    }

    /// <summary>A person has it in hand; again, or of a resolved one, it changes nothing.</summary>
    /// <returns>Whether it is acknowledged now that was not.</returns>
    public static async Task<bool> AcknowledgeAsync(NpgsqlDataSource database, long id, string actor, string reason, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = Statement.On(connection, transaction,
            "update incident set acked_at = $2, acked_by = $3 where id = $1 and resolved_at is null and acked_at is null", id, at, CleanText.Of(actor, 200));
        if (await command.ExecuteNonQueryAsync(ct) == 0)
        {
            return false;
        }

        await DecideAsync(connection, transaction, [new(id, at, "person", "acknowledged", $"{actor}: {reason}")], ct);
        await Audit.AppendAsync(connection, transaction, at, actor, "incident.acknowledged", $"incident:{id}", new { reason }, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static IncidentState Read(NpgsqlDataReader r) => new(
        r.GetInt64(0), new(r.GetString(1), r.GetString(2), r.GetString(3)), Words.Read(r.GetString(4)), At(r, 5)!.Value, At(r, 6)!.Value, At(r, 7), At(r, 8), At(r, 9),
        Text(r, 10), r.GetInt32(11), r.GetInt32(12), r.GetInt32(13), r.GetInt32(14), Text(r, 15) is { } paged ? LedgerJson.Read<Paged>(paged) : null,
        r.IsDBNull(16) ? null : r.GetFieldValue<byte[]>(16), At(r, 17), r.GetString(18), At(r, 19)!.Value);

    private static DateTimeOffset? At(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetFieldValue<DateTimeOffset>(column);

    private static string? Text(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);
}

/// <summary>A row of <c>incident_decision</c>: why an incident was told, or not.</summary>
public sealed record Decision(long Incident, DateTimeOffset At, string Stage, string Outcome, string Reason);
