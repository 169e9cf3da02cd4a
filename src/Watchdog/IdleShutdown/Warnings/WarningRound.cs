using Npgsql;
using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.IdleShutdown.Warnings;

/// <summary>
/// Brings warnings forward by what has become of their stops and messages: read from the ledger each time, so that whoever ended a stop, and wherever a
/// worker died, its warning is ended once. Runs in the admission's transaction, under its lock.
/// </summary>
internal static class WarningRound
{
    /// <summary>Whether there is anything to bring forward.</summary>
    public const string Any =
        "exists (select 1 from idle_warning where ended_at is null) or exists (select 1 from idle_warning where ended = 'cancelled' and guest_act is not null and off_act is null)";

    // A message that a stop is called off helps nobody hours later; the file in the guest goes with the next boot.
    private static readonly TimeSpan CallOffWithin = TimeSpan.FromHours(2);

    /// <summary>Does it.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, PolicyMode mode, DateTimeOffset now, CancellationToken ct)
    {
        await KeepHeldAsync(connection, transaction, now, ct);
        await HearGuestsAsync(connection, transaction, ct);
        await EndAsync(connection, transaction, mode, now, ct);
        foreach (var untold in await WarningTable.LockAsync(connection, transaction, "w.ended_at is null and w.guest_act is null", ct))
        {
            await WarningDesk.TellGuestAsync(connection, transaction, untold, now, ct);
        }

        await CallOffAsync(connection, transaction, now, ct);
    }

    // A hold that was placed meanwhile: the stop need not come to its deadline to be withdrawn.
    private static async Task KeepHeldAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select distinct on (a.instance_id) a.instance_id, h.until_at, h.reason
            from idle_warning w join act a on a.id = w.act_id and a.state in ('observed', 'proposed')
              join hold h on h.instance_id = a.instance_id and h.ended_at is null and h.from_at <= $1 and h.until_at > $1
            where w.ended_at is null order by a.instance_id, h.until_at desc
            """, now);
        var held = (await Rows.AllAsync(command, r => (Id: r.GetString(0), Until: r.GetFieldValue<DateTimeOffset>(1), Why: r.GetString(2)), ct)).ToDictionary(row => row.Id);
        foreach (var act in await CaselessActs.LockStopsAsync(connection, transaction, [.. held.Keys], [ActStates.Observed, ActStates.Proposed], ct))
        {
            var (_, until, why) = held[act.InstanceId];
            var told = FormattableString.Invariant($"A hold keeps it until {until.UtcDateTime:yyyy-MM-dd HH:mm'Z'}: {why}");
            await CaselessActs.MoveAsync(connection, transaction, act, ActStates.Withdrawn, Audit.Machine, told, now, ct);
        }
    }

    private static async Task HearGuestsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select w.id, a.done_at from idle_warning w join act a on a.id = w.guest_act and a.state = 'verified'
            where w.ended_at is null and w.told_at is null and not w.by_receiver
            """);
        var told = await Rows.AllAsync(command, r => (Id: r.GetInt64(0), At: r.GetFieldValue<DateTimeOffset>(1)), ct);
        await WarningTable.ToldAsync(connection, transaction, told.ToDictionary(row => row.Id, row => row.At), ct);
    }

    private static async Task EndAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, PolicyMode mode, DateTimeOffset now, CancellationToken ct)
    {
        var observes = mode == PolicyMode.Observe;
        var over = await WarningTable.LockAsync(
            connection, transaction,
            """
            w.ended_at is null and exists (select 1 from act a where a.id = w.act_id
              and (a.state in ('verified', 'released', 'withdrawn', 'refused', 'failed') or a.state in ('observed', 'proposed') and ($1 or w.ready_at <= $2)))
            """, ct, observes, now - WarningRules.Stands);
        if (over.Count == 0)
        {
            return;
        }

        await using var command = Statement.On(connection, transaction, "select id, state, coalesce(detail, reason) from act where id = any($1)", over.Select(w => w.ActId).ToArray());
        var acts = (await Rows.AllAsync(command, r => (Id: r.GetInt64(0), State: r.GetString(1), Detail: r.GetString(2)), ct)).ToDictionary(row => row.Id);
        foreach (var warning in over)
        {
            var (_, state, detail) = acts[warning.ActId];
            if (state is ActStates.Verified or ActStates.Released)
            {
                await WarningTable.EndAsync(connection, transaction, warning, "stopped", "the VM was stopped", now, ct);
                continue;
            }

            var why = state is not (ActStates.Observed or ActStates.Proposed) ? detail
                : observes ? "idle stops are only observed now" : $"the stop did not come in its time: {detail}";
            await WarningTable.EndAsync(connection, transaction, warning, "cancelled", why, now, ct);
            await WarningNote.AppendAsync(connection, transaction, warning, WarningNote.Cancelled, why, now, ct);
        }
    }

    private static async Task CallOffAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        // What the guest was not told yet need not be called off.
        foreach (var unsaid in await WarningTable.LockAsync(connection, transaction,
            "w.ended = 'cancelled' and w.off_act is null and exists (select 1 from act a where a.id = w.guest_act and a.state = 'admitted')", ct))
        {
            await CaselessActs.WithdrawNotBegunAsync(connection, transaction, unsaid.GuestAct!.Value, "its stop is called off", now, ct);
        }

        // One that was warned again since has the newer message.
        foreach (var said in await WarningTable.LockAsync(connection, transaction,
            """
            w.ended = 'cancelled' and w.off_act is null and w.ended_at > $1 and exists (select 1 from act a where a.id = w.guest_act and a.state in ('verified', 'failed'))
              and not exists (select 1 from idle_warning n where n.instance_id = w.instance_id and n.id > w.id)
            """, ct, now - CallOffWithin))
        {
            await WarningDesk.CallOffAsync(connection, transaction, said, now, ct);
        }
    }
}
