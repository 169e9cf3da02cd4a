using Npgsql;
using NpgsqlTypes;
using Watchdog.Ledger;

namespace Watchdog.IdleShutdown.Warnings;

/// <summary>Reads and writes table <c>idle_warning</c>. What writes runs in its caller's transaction.</summary>
public static class WarningTable
{
    private const string Columns =
        "w.id, w.act_id, w.instance_id, w.scope, w.owner, w.code, w.warned_at, w.deadline, w.lead_seconds, w.waits, w.by_receiver, w.told_at, w.guest_act";

    /// <summary>Writes one; null when the VM has one that has not ended.</summary>
    public static async Task<IdleWarning?> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ActRecord stop, string owner, string code, IdlePolicy policy, bool byReceiver, DateTimeOffset now,
        CancellationToken ct)
    {
        var (deadline, waits) = (now + policy.WarningLead, policy.Undelivered == UndeliveredWarning.Wait);
        await using var command = Statement.On(connection, transaction,
            $"""
            with w as (
              insert into idle_warning (act_id, instance_id, scope, owner, code, warned_at, deadline, lead_seconds, waits, by_receiver, ready_at)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (instance_id) where ended_at is null do nothing returning *)
            select {Columns} from w
            """,
            stop.Id, stop.InstanceId, stop.Scope, owner, code, now, deadline, (int)policy.WarningLead.TotalSeconds, waits, byReceiver,
            WarningRules.ReadyAt(deadline, policy.WarningLead, waits, null));
        command.Parameters[^1].NpgsqlDbType = NpgsqlDbType.TimestampTz;
        return (await Rows.AllAsync(command, Read, ct)).SingleOrDefault();
    }

    /// <summary>The warnings that a condition selects, oldest first, locked until the transaction ends.</summary>
    /// <param name="where">SQL over <c>idle_warning w</c>, with <c>$1</c> on for the values.</param>
    internal static async Task<IReadOnlyList<IdleWarning>> LockAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string where, CancellationToken ct, params object?[] values)
    {
        await using var command = Statement.On(connection, transaction, $"select {Columns} from idle_warning w where {where} order by w.id for update of w", values);
        return await Rows.AllAsync(command, Read, ct);
    }

    /// <summary>The warnings that have not ended, the earliest deadline first.</summary>
    public static async Task<IReadOnlyList<IdleWarning>> OpenAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select {Columns} from idle_warning w where w.ended_at is null order by w.deadline, w.instance_id");
        return await Rows.AllAsync(command, Read, ct);
    }

    /// <summary>The warning of a VM that has not ended; null: there is none.</summary>
    public static async Task<IdleWarning?> OfAsync(NpgsqlConnection connection, string instanceId, CancellationToken ct)
    {
        await using var command = Statement.On(connection, null, $"select {Columns} from idle_warning w where w.ended_at is null and w.instance_id = $1", instanceId);
        return (await Rows.AllAsync(command, Read, ct)).SingleOrDefault();
    }

    /// <summary>Whoever counts has been told; one that was told before stays as it is.</summary>
    /// <param name="told">When, fleet time, by the warning's key.</param>
    public static async Task ToldAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyDictionary<long, DateTimeOffset> told, CancellationToken ct)
    {
        foreach (var warning in await LockAsync(connection, transaction, "w.id = any($1) and w.told_at is null", ct, told.Keys.ToArray()))
        {
            await using var command = Statement.On(connection, transaction, "update idle_warning set told_at = $2, ready_at = $3 where id = $1",
                warning.Id, told[warning.Id], WarningRules.ReadyAt(warning.Deadline, warning.Lead, warning.Waits, told[warning.Id])!.Value);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Ends one.</summary>
    /// <param name="how"><c>stopped</c> or <c>cancelled</c>.</param>
    internal static Task EndAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IdleWarning warning, string how, string why, DateTimeOffset now, CancellationToken ct) =>
        SetAsync(connection, transaction, "ended_at = $2, ended = $3, why = $4", ct, warning.Id, now, how, CleanText.Of(why));

    /// <summary>Notes which act tells the guest.</summary>
    internal static Task TellsGuestAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, long act, CancellationToken ct) =>
        SetAsync(connection, transaction, "guest_act = $2", ct, id, act);

    /// <summary>Notes which act calls it off in the guest.</summary>
    internal static Task CallsOffAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, long act, CancellationToken ct) =>
        SetAsync(connection, transaction, "off_act = $2", ct, id, act);

    private static async Task SetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string what, CancellationToken ct, params object?[] values)
    {
        await using var command = Statement.On(connection, transaction, $"update idle_warning set {what} where id = $1", values);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static IdleWarning Read(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetInt16(3), r.GetString(4), r.GetString(5), r.GetFieldValue<DateTimeOffset>(6), r.GetFieldValue<DateTimeOffset>(7),
        TimeSpan.FromSeconds(r.GetInt32(8)), r.GetBoolean(9), r.GetBoolean(10), r.IsDBNull(11) ? null : r.GetFieldValue<DateTimeOffset>(11), r.IsDBNull(12) ? null : r.GetInt64(12));
}
