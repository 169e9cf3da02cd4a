using Npgsql;
using NpgsqlTypes;
using Watchdog.Detectors.Findings;
using Watchdog.Ledger;

namespace Watchdog.Policy.Ladders;

/// <summary>An episode whose rung may be left.</summary>
/// <param name="ConfirmedAt">When the episode was confirmed.</param>
/// <param name="GoesOn">Whether its last finding confirms it and was made after the rung took effect.</param>
internal sealed record OnLadder(
    long CaseId, long EpisodeId, Standing Standing, DateTimeOffset? ConfirmedAt, bool GoesOn, DateTimeOffset Onset, Finding Finding);

/// <summary>Reads and writes table <c>case_ladder</c>, in its caller's transaction.</summary>
internal static class LadderTable
{
    private static readonly string[] Unfinished =
        [ActStates.Observed, ActStates.Proposed, ActStates.Admitted, ActStates.Planned, ActStates.Executing, ActStates.Applied];

    /// <summary>Puts an episode on a rung; one that stands on the ladder already is moved only when it climbs.</summary>
    public static async Task PutAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, long episodeId, Rung rung, long? actId, DateTimeOffset? dueAt, bool climbs,
        DateTimeOffset at, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into case_ladder (case_id, episode_id, scope, rung, act_id, at, due_at) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (case_id, episode_id) do update set rung = excluded.rung, act_id = excluded.act_id, at = excluded.at, due_at = excluded.due_at
            where $8
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = of.Id }, new() { Value = episodeId }, new() { Value = of.Scope }, new() { Value = Rungs.NameOf(rung) },
                new() { Value = (object?)actId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint }, new() { Value = at }, Instant(dueAt), new() { Value = climbs },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Looks at an episode's rung again later.</summary>
    public static Task LookAgainAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, OnLadder on, DateTimeOffset dueAt, CancellationToken ct) =>
        RunAsync(connection, transaction, "update case_ladder set due_at = $3 where case_id = $1 and episode_id = $2", [on.CaseId, on.EpisodeId, dueAt], ct);

    /// <summary>Leaves an episode where it stands, for good.</summary>
    public static Task SpendAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, OnLadder on, CancellationToken ct) =>
        RunAsync(connection, transaction, "update case_ladder set spent = true where case_id = $1 and episode_id = $2", [on.CaseId, on.EpisodeId], ct);

    /// <summary>Forgets the ladders of closed cases.</summary>
    public static Task SpendClosedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, CancellationToken ct) =>
        RunAsync(connection, transaction,
            "update case_ladder l set spent = true from case_file c where c.id = l.case_id and c.closed_at is not null and l.scope = $1 and not l.spent", [scope], ct);

    /// <summary>
    /// Locks the open cases of a scope that have an episode whose rung may be left, and nothing unfinished; a case that somebody else is changing
    /// waits for the next run.
    /// </summary>
    public static async Task<long[]> LockRipeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, int most, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select c.id {Ripe} and l.scope = $3 order by l.due_at nulls first, c.id limit $4 for update of c skip locked", connection, transaction)
        {
            Parameters = { new() { Value = now }, new() { Value = Unfinished }, new() { Value = scope }, new() { Value = most } },
        };
        List<long> ids = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetInt64(0));
        }

        return [.. ids.Distinct()];
    }

    /// <summary>The episodes of locked cases whose rung may be left, as they are now.</summary>
    public static async Task<IReadOnlyList<OnLadder>> RipeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long[] cases, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select l.case_id, l.episode_id, l.rung, a.state, {Since}, e.confirmed_at, {GoesOn}, ce.onset, ce.finding {Ripe} and l.case_id = any($3)
            order by l.case_id, l.episode_id
            """, connection, transaction)
        {
            Parameters = { new() { Value = now }, new() { Value = Unfinished }, new() { Value = cases } },
        };
        List<OnLadder> rows = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new(
                reader.GetInt64(0), reader.GetInt64(1),
                new Standing(Rungs.ReadOne(reader.GetString(2)), await reader.IsDBNullAsync(3, ct) ? null : reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)),
                await reader.IsDBNullAsync(5, ct) ? null : reader.GetFieldValue<DateTimeOffset>(5), reader.GetBoolean(6),
                reader.GetFieldValue<DateTimeOffset>(7), LedgerJson.Read<Finding>(reader.GetString(8))));
        }

        return rows;
    }

    private const string Since = "case when l.rung in ('observe', 'propose') then l.at else coalesce(a.done_at, l.at) end";

    // Detection keeps with each open episode its last finding's verdict, when it was made, and the clear minutes since the last suspicious one.
    private const string GoesOn = $"coalesce(e.state ->> 'last' = 'Confirmed' and (e.state -> 'state' ->> 'judgedAt')::timestamptz > {Since}, false)";

    private const string Ripe =
        $"""
        from case_ladder l join case_file c on c.id = l.case_id join episode e on e.id = l.episode_id
        join case_episode ce on ce.case_id = l.case_id and ce.episode_id = l.episode_id left join act a on a.id = l.act_id
        where not l.spent and c.closed_at is null and e.closed_at is null and (l.due_at is null or l.due_at <= $1)
          and coalesce((e.state -> 'state' ->> 'clearMinutes')::float8, 0) = 0
          and (a.id is null or l.rung in ('observe', 'propose') or a.state not in ('verified', 'unverifiable') or {GoesOn})
          and not exists (select 1 from act b where b.case_id = c.id and b.state = any($2) and (l.rung <> 'propose' or b.id is distinct from l.act_id))
        """;

    private static async Task RunAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, object[] values, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlParameter Instant(DateTimeOffset? at) => new() { Value = (object?)at ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
