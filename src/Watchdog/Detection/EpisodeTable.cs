using Npgsql;
using NpgsqlTypes;
using Watchdog.Detectors.Findings;
using Watchdog.Diagnostics;

namespace Watchdog.Detection;

/// <summary>Reads and writes tables <c>episode</c> and <c>evidence</c>.</summary>
public static class EpisodeTable
{
    /// <summary>Open episodes of the shards.</summary>
    public static async Task<IReadOnlyList<Episode>> OpenAsync(NpgsqlDataSource database, short[] shards, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select id, instance_id, class, onset, opened_at, confirmed_at, score, state
            from episode where shard = any($1) and closed_at is null
            """);
        command.Parameters.Add(new() { Value = shards });
        List<Episode> episodes = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (ClassOf(reader.GetString(2)) is not { } @class)
            {
                continue;
            }

            var opened = reader.GetFieldValue<DateTimeOffset>(4);
            var stored = FrozenJson.Read<StoredState>(reader.GetString(7));
            episodes.Add(new Episode(
                reader.GetInt64(0), reader.GetString(1), @class, reader.GetFieldValue<DateTimeOffset>(3), opened,
                reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5), reader.GetDouble(6),
                (stored?.State ?? new EpisodeState(opened, 1, 0, opened, null)) with { OpenedAt = opened })
            {
                Silenced = stored?.Silenced == true,
            });
        }

        return episodes;
    }

    /// <summary>When episodes of the VMs were last closed, by VM and class, as far back as <paramref name="since"/>.</summary>
    public static async Task<Dictionary<(string InstanceId, FindingClass Class), DateTimeOffset>> ClosedAsync(
        NpgsqlDataSource database, string[] instanceIds, DateTimeOffset since, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "select instance_id, class, max(closed_at) from episode where instance_id = any($1) and closed_at >= $2 group by 1, 2");
        command.Parameters.Add(new() { Value = instanceIds });
        command.Parameters.Add(new() { Value = since });
        Dictionary<(string, FindingClass), DateTimeOffset> closed = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (ClassOf(reader.GetString(1)) is { } @class)
            {
                closed[(reader.GetString(0), @class)] = reader.GetFieldValue<DateTimeOffset>(2);
            }
        }

        return closed;
    }

    /// <summary>Writes the moves; returns the steps that were taken, with their keys, in order.</summary>
    public static async Task<IReadOnlyList<EpisodeChange>> SaveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<EpisodeMove> moves, DateTimeOffset now, CancellationToken ct)
    {
        List<EpisodeChange> changes = [];
        foreach (var move in moves)
        {
            var id = move.Open is { } open
                ? await UpdateAsync(connection, transaction, open, move, now, ct)
                : await InsertAsync(connection, transaction, move, now, ct);
            if (id is not { } key || move.Step is not { } step)
            {
                continue;
            }

            await FreezeAsync(connection, transaction, key, move, now, ct);
            changes.Add(new EpisodeChange(key, step, move.Vm, move.Open?.Onset ?? move.Onset, move.Finding));
        }

        return changes;
    }

    private static async Task<long?> InsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, EpisodeMove move, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into episode (instance_id, scope, shard, class, onset, opened_at, confirmed_at, score, reason, state, traceparent, executable)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            on conflict (instance_id, class) where closed_at is null do nothing
            returning id
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = move.Vm.InstanceId }, new() { Value = move.Vm.Scope }, new() { Value = move.Vm.Shard },
                new() { Value = Finding.NameOf(move.Class) }, new() { Value = move.Onset }, new() { Value = now },
                Instant(move.Step == EpisodeStep.Confirmed ? now : null),
                new() { Value = move.Finding.Score }, new() { Value = move.Finding.Reason }, Json(new StoredState(move.State, move.Silenced, move.Finding.Verdict)),
                Text(Spans.Traceparent), Text(move.Executable),
            },
        };
        return (long?)await command.ExecuteScalarAsync(ct);
    }

    private static async Task<long?> UpdateAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Episode open, EpisodeMove move, DateTimeOffset now, CancellationToken ct)
    {
        // Score and reason stay those of the step that people saw last: the hysteresis alone moves on between steps.
        await using var command = new NpgsqlCommand(
            """
            update episode set state = $2, confirmed_at = coalesce(confirmed_at, $3), closed_at = $4,
              score = case when $7 then $5 else score end, reason = case when $7 then $6 else reason end,
              executable = coalesce($8, executable)
            where id = $1 and closed_at is null returning id
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = open.Id }, Json(new StoredState(move.State, move.Silenced, move.Finding.Verdict)),
                Instant(move.Step == EpisodeStep.Confirmed ? now : null), Instant(move.Step == EpisodeStep.Closed ? now : null),
                new() { Value = move.Finding.Score }, new() { Value = move.Finding.Reason },
                new() { Value = move.Step is EpisodeStep.Confirmed or EpisodeStep.Silenced }, Text(move.Executable),
            },
        };
        return (long?)await command.ExecuteScalarAsync(ct);
    }

    private static async Task FreezeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long episode, EpisodeMove move, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into evidence (episode_id, at, finding, facts, context, baseline)
            select $1, $2, $3, $4, (select context from suspect where instance_id = $5), (select hours from vm_baseline where instance_id = $5)
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = episode }, new() { Value = now }, Json(move.Finding),
                new() { Value = (object?)move.Frozen ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb },
                // A closing decides nothing that a person would look at the day before for.
                Text(move.Step == EpisodeStep.Closed ? null : move.Vm.InstanceId),
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlParameter Json<T>(T value) => new() { Value = FrozenJson.Write(value), NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static NpgsqlParameter Text(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Instant(DateTimeOffset? at) => new() { Value = (object?)at ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static FindingClass? ClassOf(string name)
    {
        foreach (var @class in Enum.GetValues<FindingClass>())
        {
            if (Finding.NameOf(@class) == name)
            {
                return @class;
            }
        }

        return null;
    }

    // A class, so that unreadable JSON is null and not a state.
    // Last: what the newest finding said; Policy climbs no rung on less than a confirmation.
    private sealed record StoredState(EpisodeState State, bool Silenced, Verdict? Last);
}
