using Npgsql;
using Watchdog.Alerts.Gathering;
using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Telling;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Storing;

/// <summary>Counts what incidents are made of, in the database: three statements for any number of incidents, and a bounded answer for each.</summary>
internal static class TallyReads
{
    // Of the members that are on; of all where none is. Those that are left out count nowhere.
    private const string Counted =
        """
        with heard as (select a.*, array_position(array['info', 'warning', 'error', 'critical'], a.severity) as rank from incident_member a where a.incident_id = any($1)
          and not exists (select 1 from unnest($2, $3, $4) as s(owner, region, plan) where (s.owner is null or s.owner = a.facts ->> 'owner')
            and (s.region is null or s.region = a.facts ->> 'region') and (s.plan is null or s.plan = a.facts ->> 'plan'))),
        on_ as (select incident_id, bool_or(cleared_at is null) as any, count(*)::int as all_, min(first_at) as began from heard group by 1),
        m as (select h.*, o.all_, o.began from heard h join on_ o on o.incident_id = h.incident_id where h.cleared_at is null or not o.any)
        """;

    private const string CountsSql = Counted +
        """
        select m.incident_id, count(*) filter (where m.cleared_at is null)::int, max(m.all_),
          max(m.rank)::int, coalesce(bool_or((m.facts ->> 'failing')::boolean), false), count(distinct m.facts ->> 'owner')::int,
          min(m.began), max(m.last_at), max(m.cleared_at), bool_and((m.facts ->> 'undoable')::boolean)
        from m group by 1
        """;

    private const string NamesSql = Counted +
        """
        select incident_id, dim, name, n from (
          select m.incident_id, d.dim, d.name, count(*)::int as n, row_number() over (partition by m.incident_id, d.dim order by count(*) desc, d.name) as place
          from m cross join lateral (values ('owner', m.facts ->> 'owner'), ('region', m.facts ->> 'region'), ('type', m.facts ->> 'type'), ('plan', m.facts ->> 'plan'),
            ('done', m.facts ->> 'done')) as d(dim, name)
          where d.name is not null group by 1, 2, 3) named
        where place <= case dim when 'owner' then 10 else 500 end order by incident_id, dim, place
        """;

    private const string WorstSql = Counted +
        """
        select incident_id, member, severity, facts::text, traceparent from (
          select m.*, row_number() over (partition by m.incident_id order by m.rank desc, coalesce((m.facts ->> 'failing')::boolean, false) desc,
            (m.facts ->> 'score')::double precision desc nulls last, m.first_at, m.member) as place from m) w
        where place <= 10 order by incident_id, place
        """;

    /// <summary>Counts; an incident without members is absent.</summary>
    /// <param name="without">Members of these owners, Regions and plans are left out.</param>
    public static async Task<IReadOnlyDictionary<long, IncidentTally>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, long[] incidents, IReadOnlyList<Matcher> without, CancellationToken ct)
    {
        if (incidents.Length == 0)
        {
            return new Dictionary<long, IncidentTally>();
        }

        object?[] values = [incidents, without.Select(one => one.Owner).ToArray(), without.Select(one => one.Region).ToArray(), without.Select(one => one.Plan).ToArray()];
        await using var names = Statement.On(connection, transaction, NamesSql, values);
        var named = (await Rows.AllAsync(names, r => (Id: r.GetInt64(0), Dim: r.GetString(1), Tally: new Tally(r.GetString(2), r.GetInt32(3))), ct))
            .ToLookup(row => (row.Id, row.Dim), row => row.Tally);
        await using var worst = Statement.On(connection, transaction, WorstSql, values);
        var ten = (await Rows.AllAsync(worst, r => (Id: r.GetInt64(0), Member: new TalliedMember(
            r.GetString(1), Words.Read(r.GetString(2)), MemberFacts.Of(r.GetString(3)), r.IsDBNull(4) ? null : r.GetString(4))), ct)).ToLookup(row => row.Id, row => row.Member);
        await using var counts = Statement.On(connection, transaction, CountsSql, values);
        return (await Rows.AllAsync(counts, r => (Id: r.GetInt64(0), Of: (Func<long, IncidentTally>)Counts(r)), ct)).ToDictionary(row => row.Id, row => row.Of(row.Id));

        Func<long, IncidentTally> Counts(NpgsqlDataReader r)
        {
            var (live, all, rank, failing, owners) = (r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetBoolean(4), r.GetInt32(5));
            var (first, last) = (r.GetFieldValue<DateTimeOffset>(6), r.GetFieldValue<DateTimeOffset>(7));
            DateTimeOffset? cleared = r.IsDBNull(8) ? null : r.GetFieldValue<DateTimeOffset>(8);
            bool? undoable = r.IsDBNull(9) ? null : r.GetBoolean(9);
            return id => new(
                live, all, (Severity)(rank - 1), failing, owners, first, last, cleared, undoable, [.. named[(id, "owner")]], [.. named[(id, "region")]], [.. named[(id, "type")]],
                [.. named[(id, "plan")]], [.. named[(id, "done")]], [.. ten[id]]);
        }
    }
}
