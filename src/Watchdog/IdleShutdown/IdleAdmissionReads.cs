using Npgsql;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Policy.Guards;

namespace Watchdog.IdleShutdown;

/// <summary>A stop that waits for admission.</summary>
/// <param name="Warned">Its warning's time has come; false: nobody was warned of it yet.</param>
internal sealed record WaitingStop(ActRecord Act, string Owner, bool Warned);

/// <summary>Reads what admission of idle stops decides on, in its transaction.</summary>
internal static class IdleAdmissionReads
{
    /// <summary>
    /// The stops that can be warned of or admitted now, oldest first, locked. Where there are more than the limit: those that were warned of, then by turns of
    /// their owners, so that nobody's thousands keep the others waiting.
    /// </summary>
    public static async Task<IReadOnlyList<WaitingStop>> WaitingAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int limit, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select id, owner, warned from (
              select a.id, coalesce(v.owner, '') as owner, w.id is not null as warned, row_number() over (partition by v.owner order by a.id) as turn
              from act a left join vm v on v.instance_id = a.instance_id left join idle_warning w on w.act_id = a.id and w.ended_at is null
              where a.purpose = 'idle' and a.kind = 'stop' and a.state in ('observed', 'proposed') and (w.id is null or w.ready_at <= $1)) s
            order by warned desc, turn, id limit $2
            """, now, limit);
        var chosen = (await Rows.AllAsync(command, r => (Id: r.GetInt64(0), Owner: r.GetString(1), Warned: r.GetBoolean(2)), ct)).ToDictionary(row => row.Id);
        var acts = await CaselessActs.LockWaitingAsync(connection, transaction, [.. chosen.Keys], ct);
        return [.. acts.Select(act => new WaitingStop(act, chosen[act.Id].Owner, chosen[act.Id].Warned))];
    }

    /// <summary>What holds for all of them.</summary>
    public static async Task<IdleAdmissionFacts> FactsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, TimeSpan cadence, DateTimeOffset now, CancellationToken ct)
    {
        var brake = await Brake.ReadAsync(connection, transaction, ct);
        var shards = await ShardReports.ReadAsync(connection, transaction, cadence, now, ct);
        await using var watched = Statement.On(connection, transaction, "select scope, min(from_at) from scope_coverage where seen group by scope");
        var since = await Rows.AllAsync(watched, r => (Scope: r.GetInt16(0), At: r.GetFieldValue<DateTimeOffset>(1)), ct);
        return new(
            brake.IsOn ? brake.Reason : null, shards.Fresh,
            await RecentAsync("""
                select v.owner, count(*) filter (where a.admitted_at > $1)::int, count(*)::int from act a left join vm v on v.instance_id = a.instance_id
                where a.purpose = 'idle' and a.kind = 'stop' and a.admitted_at > $2 group by v.owner
                """),
            await RecentAsync("select owner, count(*) filter (where warned_at > $1)::int, count(*)::int from idle_warning where warned_at > $2 group by owner"),
            since.ToDictionary(row => row.Scope, row => row.At));

        async Task<RecentStops> RecentAsync(string sql)
        {
            await using var counted = Statement.On(connection, transaction, sql, now.AddMinutes(-5), now.AddHours(-1));
            var counts = await Rows.AllAsync(counted, r => (Owner: r.IsDBNull(0) ? "" : r.GetString(0), Five: r.GetInt32(1), Hour: r.GetInt32(2)), ct);
            return new(counts.Sum(row => row.Five), counts.Sum(row => row.Hour), counts.ToDictionary(row => row.Owner, row => row.Hour));
        }
    }
}
