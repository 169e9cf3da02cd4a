using Npgsql;
using Watchdog.Ledger;
using Watchdog.Ledger.Appeals;

namespace Watchdog.Owners;

/// <summary>A case as far as its owner may know it.</summary>
/// <param name="Since">When the behaviour began; null where no episode says so.</param>
/// <param name="Sides">The families of the evidence for its class, as the ledger writes them.</param>
/// <param name="Ruling">The latest ruling; null: nobody has ruled.</param>
/// <param name="WasUndone">Whether something had been done that was undone since.</param>
/// <param name="Acts">What was done and whether it still is: kind, state, since when.</param>
/// <param name="Appeal">What the owner said against it; null: nothing.</param>
internal sealed record OwnersCase(
    long Id, string InstanceId, string Class, string State, CaseClock? Clock, DateTimeOffset? Since, IReadOnlyList<string> Sides, string? Ruling, bool WasUndone,
    IReadOnlyList<(string Kind, string State, DateTimeOffset At)> Acts, AppealRecord? Appeal)
{
    /// <summary>Whether a person ruled that it was none of what the case says.</summary>
    public bool Mistake => Ruling == Rulings.FalsePositive;

    /// <summary>Reads it; null: there is no such case.</summary>
    public static async Task<OwnersCase?> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, long id, CancellationToken ct)
    {
        await using var acts = Statement.On(connection, transaction,
            """
            select kind, state, coalesce(done_at, admitted_at, proposed_at) from act where case_id = $1 and kind <> 'release'
              and state in ('applied', 'verified', 'unverifiable', 'escalated', 'released') order by id
            """, id);
        var done = await Rows.AllAsync(acts, r => (r.GetString(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2)), ct);
        await using var command = Statement.On(connection, transaction,
            """
            select c.instance_id, c.class, c.state, c.clock_at, c.clock_does, (select min(e.onset) from case_episode e where e.case_id = c.id),
              coalesce((select array_agg(distinct piece ->> 'family') from case_episode e, jsonb_array_elements(e.finding -> 'evidence') piece
                where e.case_id = c.id and e.class = c.class and (piece ->> 'weight')::double precision > 0), '{}'),
              (select r.ruling from ruling r where r.case_id = c.id order by r.id desc limit 1)
            from case_file c where c.id = $1
            """, id);
        return (await Rows.AllAsync(command, r => new OwnersCase(
            id, r.GetString(0), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : new(r.GetFieldValue<DateTimeOffset>(3), r.GetString(4)),
            r.IsDBNull(5) ? null : r.GetFieldValue<DateTimeOffset>(5), r.GetFieldValue<string[]>(6), r.IsDBNull(7) ? null : r.GetString(7),
            done.Any(act => act.Item2 == ActStates.Released), done, null), ct)).SingleOrDefault() is not { } found ? null
            : found with { Appeal = await AppealTable.FindAsync(connection, transaction, id, ct) };
    }
}
