using System.Text.Json;
using Npgsql;
using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.Telemetry.Agents;

/// <summary>A scope's last look at its agents.</summary>
/// <param name="TriedAt">When SSM was last asked.</param>
/// <param name="SeenAt">When it last answered; null when it never has.</param>
/// <param name="Blind">Whether nothing is known of any agent.</param>
internal sealed record AgentLook(DateTimeOffset TriedAt, DateTimeOffset? SeenAt, bool Blind);

/// <summary>Reads and writes what is known of agents: two columns of <c>vm</c>, table <c>agent_look</c>, events <c>vm.agent</c>.</summary>
internal static class AgentStore
{
    public static async Task<AgentLook?> LookAsync(NpgsqlDataSource database, short scope, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select tried_at, seen_at, blind from agent_look where scope = $1");
        command.Parameters.Add(new() { Value = scope });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new(reader.GetFieldValue<DateTimeOffset>(0), await reader.IsDBNullAsync(1, ct) ? null : reader.GetFieldValue<DateTimeOffset>(1), reader.GetBoolean(2))
            : null;
    }

    public static async Task LookedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, AgentLook look, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            insert into agent_look (scope, tried_at, seen_at, blind) values ($1, $2, $3, $4)
            on conflict (scope) do update set tried_at = excluded.tried_at, seen_at = excluded.seen_at, blind = excluded.blind
            """,
            scope, look.TriedAt, look.SeenAt, look.Blind);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The scope's running VMs that a look is about: those lost, those held for silent, and a shard's.</summary>
    public static async Task<IReadOnlyList<AgentBefore>> CandidatesAsync(
        NpgsqlDataSource database, short scope, string[] lost, short shard, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select instance_id, state_since, agent from vm
            where scope = $1 and gone_at is null and state = 'running' and (instance_id = any($2) or agent = 'silent' or shard = $3)
            """);
        command.Parameters.Add(new() { Value = scope });
        command.Parameters.Add(new() { Value = lost });
        command.Parameters.Add(new() { Value = shard });
        return await ReadAsync(command, ct);
    }

    /// <summary>The scope's VMs of whose agents something is known, whatever state they are in.</summary>
    public static async Task<IReadOnlyList<AgentBefore>> KnownAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "select instance_id, state_since, agent from vm where scope = $1 and gone_at is null and agent is not null order by instance_id", scope);
        return await ReadAsync(command, ct);
    }

    public static async Task WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<AgentChange> changes, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            update vm v set agent = nullif(c.agent, 'unknown'), agent_since = c.since
            from unnest($1, $2, $3) as c(instance_id, agent, since) where v.instance_id = c.instance_id
            """,
            changes.Select(c => c.InstanceId).ToArray(), changes.Select(c => NameOf(c.Agent)).ToArray(), changes.Select(c => c.Since).ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Appends the events, one a VM.</summary>
    public static Task TellAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Scope scope, IReadOnlyList<AgentChange> changes, DateTimeOffset now, CancellationToken ct) =>
        EventLog.AppendManyAsync(connection, transaction, now, "vm.agent", [.. changes.Select(c => c.InstanceId)],
            [.. changes.Select(c => JsonSerializer.Serialize(new(scope.Key, NameOf(c.Agent), c.Since), AgentJson.Default.AgentEvent))], ct);

    private static async Task<IReadOnlyList<AgentBefore>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<AgentBefore> vms = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            vms.Add(new(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), await reader.IsDBNullAsync(2, ct) ? AgentReach.Unknown
                : reader.GetString(2) == "silent" ? AgentReach.Silent : AgentReach.Reached));
        }

        return vms;
    }

    private static string NameOf(AgentReach agent) => agent switch
    {
        AgentReach.Reached => "reached",
        AgentReach.Silent => "silent",
        _ => "unknown",
    };
}
