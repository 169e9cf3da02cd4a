using System.Globalization;
using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Bench.Week.Play;

/// <summary>Where a kill found the worker's work.</summary>
/// <param name="At">Fleet time.</param>
/// <param name="UnderWay">Acts that had begun and not ended, by how far the journal says that they had come.</param>
/// <param name="Asked">Requests that AWS had taken and not answered.</param>
internal sealed record WeekKill(DateTimeOffset At, IReadOnlyDictionary<string, long> UnderWay, IReadOnlyList<string> Asked)
{
    /// <summary>Whether stops are under way: such as are admitted, and not seen and tagged.</summary>
    public const string StopsUnderWay = "select exists (select 1 from act where purpose = 'idle' and kind = 'stop' and state in ('admitted', 'planned', 'executing'))";

    /// <summary>Reads how far the acts have come.</summary>
    public static async Task<WeekKill> ReadAsync(NpgsqlDataSource database, DateTimeOffset at, IReadOnlyList<string> asked, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select case when a.kind <> 'stop' then a.kind || ' begun'
                when a.state = 'admitted' then 'stop admitted, not planned'
                when s.kind = 'tag' then 'stopped, tag not seen'
                when s.state = 'executing' and s.called_at is null then 'stop journalled, call unknown'
                when s.state = 'executing' then 'stop called, not seen'
                when s.called_at is null then 'stop planned, no look asked for'
                else 'look asked for, not read' end as phase, count(*)
            from act a left join lateral (select * from step where act_id = a.id and state not in ('done', 'skipped') order by ordinal limit 1) s on true
            where a.state in ('planned', 'executing') or a.state = 'admitted' and a.kind = 'stop' group by phase
            """);
        var phases = await Rows.AllAsync(command, r => KeyValuePair.Create(r.GetString(0), r.GetInt64(1)), ct);
        return new(at, new Dictionary<string, long>(phases), asked);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"killed at {At:MM-dd HH:mm:ss} with {(UnderWay.Count == 0 ? "no act" : string.Join(", ", UnderWay.Select(of => $"{of.Value} {of.Key}")))} under way{string.Concat(Asked.Select(one => $", {one} unanswered"))}");
}
