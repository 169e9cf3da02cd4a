using Npgsql;
using NpgsqlTypes;

namespace Watchdog.Inventory;

/// <summary>Writes what a listing changed into <c>vm</c> and <c>vm_transition</c>: one statement for thousands of rows.</summary>
internal static class VmStore
{
    private const int RowsAStatement = 5_000;

    /// <summary>What is known of a scope's VMs that are not gone.</summary>
    public static async Task<Dictionary<string, KnownVm>> KnownAsync(NpgsqlDataSource database, short scope, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "select instance_id, fingerprint, state, state_since, missing_since from vm where scope = $1 and gone_at is null");
        command.Parameters.Add(new() { Value = scope });
        Dictionary<string, KnownVm> known = new(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            known[reader.GetString(0)] = new(reader.GetInt64(1), string.Intern(reader.GetString(2)), reader.GetFieldValue<DateTimeOffset>(3),
                await reader.IsDBNullAsync(4, ct) ? null : reader.GetFieldValue<DateTimeOffset>(4));
        }

        return known;
    }

    /// <summary>Of the ids, those that were gone, with since when.</summary>
    public static async Task<Dictionary<string, DateTimeOffset>> GoneAsync(NpgsqlDataSource database, IReadOnlyList<string> ids, CancellationToken ct)
    {
        Dictionary<string, DateTimeOffset> gone = new(StringComparer.Ordinal);
        if (ids.Count == 0)
        {
            return gone;
        }

        await using var command = database.CreateCommand("select instance_id, gone_at from vm where instance_id = any($1) and gone_at is not null");
        command.Parameters.Add(new() { Value = ids.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            gone[reader.GetString(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        }

        return gone;
    }

    public static async Task UpsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, IReadOnlyList<(VmRow Row, DateTimeOffset StateSince)> rows,
        DateTimeOffset now, CancellationToken ct)
    {
        foreach (var chunk in rows.Chunk(RowsAStatement))
        {
            await using var command = new NpgsqlCommand(
                """
                insert into vm (instance_id, scope, shard, owner, plan, state, state_since, state_reason, instance_type, vcpus, image_id, zone,
                  vpc_id, launch_time, private_ip, public_ip, lifecycle, autoscaling_group, tags, first_seen, changed_at, fingerprint)
                select v.instance_id, $1, v.shard, v.owner, v.plan, v.state, v.state_since, v.state_reason, v.instance_type, v.vcpus, v.image_id,
                  v.zone, v.vpc_id, v.launch_time, v.private_ip, v.public_ip, v.lifecycle, v.autoscaling_group, v.tags::jsonb, $2, $2, v.fingerprint
                from unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) as v(instance_id, shard, owner,
                  plan, state, state_since, state_reason, instance_type, vcpus, image_id, zone, vpc_id, launch_time, private_ip, public_ip,
                  lifecycle, autoscaling_group, tags, fingerprint)
                on conflict (instance_id) do update set scope = excluded.scope, shard = excluded.shard, owner = excluded.owner, plan = excluded.plan,
                  state = excluded.state, state_since = excluded.state_since, state_reason = excluded.state_reason,
                  instance_type = excluded.instance_type, vcpus = excluded.vcpus, image_id = excluded.image_id, zone = excluded.zone,
                  vpc_id = excluded.vpc_id, launch_time = excluded.launch_time, private_ip = excluded.private_ip, public_ip = excluded.public_ip,
                  lifecycle = excluded.lifecycle, autoscaling_group = excluded.autoscaling_group, tags = excluded.tags,
                  changed_at = excluded.changed_at, fingerprint = excluded.fingerprint, missing_since = null, gone_at = null
                """, connection, transaction);
            command.Parameters.Add(new() { Value = scope });
            command.Parameters.Add(new() { Value = now });
            Texts(command, chunk, v => v.Row.InstanceId);
            command.Parameters.Add(new() { Value = Array.ConvertAll(chunk, v => v.Row.Shard) });
            Texts(command, chunk, v => v.Row.Owner);
            Texts(command, chunk, v => v.Row.Plan);
            Texts(command, chunk, v => v.Row.State);
            command.Parameters.Add(new() { Value = Array.ConvertAll(chunk, v => v.StateSince) });
            Texts(command, chunk, v => v.Row.StateReason);
            Texts(command, chunk, v => v.Row.InstanceType);
            command.Parameters.Add(new() { Value = Array.ConvertAll(chunk, v => v.Row.Vcpus) });
            Texts(command, chunk, v => v.Row.ImageId);
            Texts(command, chunk, v => v.Row.Zone);
            Texts(command, chunk, v => v.Row.VpcId);
            command.Parameters.Add(new() { Value = Array.ConvertAll(chunk, v => v.Row.LaunchTime) });
            Texts(command, chunk, v => v.Row.PrivateIp);
            Texts(command, chunk, v => v.Row.PublicIp);
            Texts(command, chunk, v => v.Row.Lifecycle);
            Texts(command, chunk, v => v.Row.AutoScalingGroup);
            Texts(command, chunk, v => v.Row.Tags);
            command.Parameters.Add(new() { Value = Array.ConvertAll(chunk, v => v.Row.Fingerprint) });
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Appends whose a VM is, and what, where that is new or has changed since it was recorded last.</summary>
    public static async Task AppendMembershipsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, IReadOnlyList<(VmRow Row, DateTimeOffset StateSince)> rows,
        DateTimeOffset now, CancellationToken ct)
    {
        foreach (var chunk in rows.Chunk(RowsAStatement))
        {
            // What is seen first was so since its state began, as far as anybody knows.
            await using var command = new NpgsqlCommand(
                """
                insert into vm_membership (instance_id, scope, at, owner, plan, instance_type, image_id, lifecycle)
                select v.instance_id, $1, case when m.id is null then least(v.state_since, $2) else $2 end, v.owner, v.plan, v.instance_type,
                  v.image_id, v.lifecycle
                from unnest($3, $4, $5, $6, $7, $8, $9) as v(instance_id, state_since, owner, plan, instance_type, image_id, lifecycle)
                left join lateral (select * from vm_membership m where m.instance_id = v.instance_id order by m.id desc limit 1) m on true
                where m.id is null or (m.scope, m.owner, m.plan, m.instance_type, m.image_id, m.lifecycle)
                  is distinct from ($1::smallint, v.owner, v.plan, v.instance_type, v.image_id, v.lifecycle)
                """, connection, transaction);
            command.Parameters.Add(new() { Value = scope });
            command.Parameters.Add(new() { Value = now });
            Texts(command, chunk, v => v.Row.InstanceId);
            command.Parameters.Add(new() { Value = Array.ConvertAll(chunk, v => v.StateSince) });
            Texts(command, chunk, v => v.Row.Owner);
            Texts(command, chunk, v => v.Row.Plan);
            Texts(command, chunk, v => v.Row.InstanceType);
            Texts(command, chunk, v => v.Row.ImageId);
            Texts(command, chunk, v => v.Row.Lifecycle);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    public static async Task AppendTransitionsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, IReadOnlyList<Transition> transitions, DateTimeOffset now,
        CancellationToken ct)
    {
        foreach (var chunk in transitions.Chunk(RowsAStatement))
        {
            await using var command = new NpgsqlCommand(
                """
                insert into vm_transition (instance_id, scope, at, observed_at, from_state, to_state, reason)
                select t.instance_id, $1, t.at, $2, t.from_state, t.to_state, t.reason
                from unnest($3, $4, $5, $6, $7) as t(instance_id, at, from_state, to_state, reason)
                """, connection, transaction);
            command.Parameters.Add(new() { Value = scope });
            command.Parameters.Add(new() { Value = now });
            Texts(command, chunk, t => t.InstanceId);
            command.Parameters.Add(new() { Value = Array.ConvertAll(chunk, t => t.At) });
            Texts(command, chunk, t => t.From);
            Texts(command, chunk, t => t.To);
            Texts(command, chunk, t => t.Reason);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Forgets VMs that ended before the instant, with their baselines; their transitions and cases stay.</summary>
    public static async Task ForgetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, DateTimeOffset before, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            with ended as (delete from vm where scope = $1 and gone_at < $2 returning instance_id)
            delete from vm_baseline b using ended e where b.instance_id = e.instance_id
            """, connection, transaction)
        {
            Parameters = { new() { Value = scope }, new() { Value = before } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Marks VMs absent from a listing: for the first time (<c>missing_since</c>) or again (<c>gone_at</c>).</summary>
    public static async Task MarkAbsentAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<string> missing, IReadOnlyList<string> gone, DateTimeOffset now,
        CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        if (missing.Count > 0)
        {
            batch.BatchCommands.Add(new("update vm set missing_since = $1 where instance_id = any($2)")
            {
                Parameters = { new() { Value = now }, new() { Value = missing.ToArray() } },
            });
        }

        if (gone.Count > 0)
        {
            batch.BatchCommands.Add(new("update vm set gone_at = $1, changed_at = $1 where instance_id = any($2)")
            {
                Parameters = { new() { Value = now }, new() { Value = gone.ToArray() } },
            });
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(ct);
        }
    }

    private static void Texts<T>(NpgsqlCommand command, T[] rows, Converter<T, string?> text) =>
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, text), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
}
