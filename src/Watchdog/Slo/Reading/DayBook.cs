using Npgsql;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Reading;

/// <summary>What the VMs of one group came to.</summary>
/// <param name="Name">The group's name; <c>fleet</c> for all.</param>
/// <param name="Tally">The sum of their minutes: each VM-minute counts alike.</param>
/// <param name="Agent">What is known of their agents.</param>
/// <param name="Counted">VMs with a minute good or bad: those that have a figure of their own.</param>
/// <param name="Kept">Of these, the VMs that kept the target.</param>
/// <param name="LeftOut">VMs without such a minute: they have no figure, and count neither way.</param>
public sealed record GroupTally(string Name, Tally Tally, AgentTally Agent, long Counted, long Kept, long LeftOut)
{
    /// <summary>Share of the VMs that kept the target, one VM one vote, 0 to 1; null where none has a figure.</summary>
    public double? Attainment => Counted == 0 ? null : (double)Kept / Counted;
}

/// <summary>Days of the whole fleet: months, rolling weeks, owners, attainment.</summary>
/// <param name="database">The one database.</param>
public sealed class DayBook(NpgsqlDataSource database)
{
    // A VM's days are added up before anything is joined, and by themselves, which Postgres does on several cores: millions of rows become one or
    // two a VM. A day is written after its end: what there is of
    // the days after a scope's mark is read from the intervals, which from $6 on reach into them.
    private const string Sql =
        """
        with stay as (
          select vm, grp, sum(good) as good, sum(bad) as bad, sum(excluded) as excluded, sum(unknown) as unknown, sum(reached) as reached, sum(silent) as silent
          from slo_daily where day >= $1 and day < $2 group by vm, grp
          union all
          select i.vm, i.grp, case c.class when 'good' then m.n else 0 end, case c.class when 'bad' then m.n else 0 end,
            case c.class when 'excluded' then m.n else 0 end, case c.class when 'unknown' then m.n else 0 end,
            case i.agent when 1 then m.n else 0 end, case i.agent when 2 then m.n else 0 end
          from slo_interval i join slo_cause c using (cause) join slo_group g on g.id = i.grp join slo_scope w on w.scope = g.scope
            cross join lateral (select least(i.to_min, w.watermark_min, $2 * 1440) - greatest(i.from_min, w.day * 1440, $1 * 1440) as n) m
          where $5 < $2 * 1440 and i.to_min > $5 and i.from_min >= $6 and i.from_min < $2 * 1440 and m.n > 0),
        one as (
          select case $3 when 'Fleet' then 'fleet' when 'Region' then g.region when 'Type' then g.instance_type
              when 'Plan' then coalesce(g.plan, '') else g.owner end as name,
            s.vm, sum(s.good)::bigint as good, sum(s.bad)::bigint as bad, sum(s.excluded)::bigint as excluded, sum(s.unknown)::bigint as unknown,
            sum(s.reached)::bigint as reached, sum(s.silent)::bigint as silent
          from stay s join slo_group g on g.id = s.grp group by 1, 2)
        select name, sum(good)::bigint, sum(bad)::bigint, sum(excluded)::bigint, sum(unknown)::bigint, sum(reached)::bigint, sum(silent)::bigint,
          count(*) filter (where good + bad > 0), count(*) filter (where good + bad > 0 and good >= $4 * (good + bad)),
          count(*) filter (where good + bad = 0)
        from one group by name order by name
        """;

    // Scopes that are configured no more keep their marks for good.
    private const string OpenSql = "select greatest(min(day), max(day) - 2) * 1440 from slo_scope";

    /// <summary>Every group's minutes in the UTC days [from, to), by name; of a day that is not over, what is written.</summary>
    /// <param name="from">First day.</param>
    /// <param name="to">First day after.</param>
    /// <param name="by">What the groups are.</param>
    /// <param name="target">What a VM's own SLI must reach to count as kept, 0 to 1.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<GroupTally>> ReadAsync(DateOnly from, DateOnly to, Grouping by, decimal target, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RoomToSum.GiveAsync(connection, transaction, ct);
        await using var marks = new NpgsqlCommand(OpenSql, connection, transaction);
        var open = await marks.ExecuteScalarAsync(ct) as int? ?? Days.Of(to) * Minute.Day;
        await using var command = new NpgsqlCommand(Sql, connection, transaction)
        {
            Parameters =
            {
                new() { Value = Days.Of(from) }, new() { Value = Days.Of(to) }, new() { Value = by.ToString() }, new() { Value = target },
                // Its month's first minute: a span never crosses a month's end.
                new() { Value = open }, new() { Value = Minute.MonthOf(open) },
            },
        };
        List<GroupTally> groups = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            groups.Add(new(
                reader.GetString(0), new(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)),
                new(reader.GetInt64(5), reader.GetInt64(6)), reader.GetInt64(7), reader.GetInt64(8), reader.GetInt64(9)));
        }

        return groups;
    }
}
