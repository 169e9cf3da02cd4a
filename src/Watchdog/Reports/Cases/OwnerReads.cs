using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Reports.Cases;

/// <summary>Asks what is known of a case's owner.</summary>
internal static class OwnerReads
{
    private const int Shown = 8;

    /// <summary>Asks; what it returns tells the answers once they are there.</summary>
    public static Func<OwnerSheet> Ask(Questions asked, CaseRecord of)
    {
        var fleet = asked.Ask(
            "select min(first_seen), count(*) filter (where gone_at is null)::int, count(*) filter (where gone_at is null and state = 'running')::int from vm where owner = $1",
            r => (Since: r.IsDBNull(0) ? (DateTimeOffset?)null : r.GetFieldValue<DateTimeOffset>(0), Vms: r.GetInt32(1), Running: r.GetInt32(2)), of.Owner);
        // Which ones were ruled how says a key and a word each; as much as a page shows of a case is read of those that it shows.
        var rulings = asked.Ask(
            $"""
            select (select r.ruling from ruling r where r.case_id = c.id order by r.id desc limit 1)
            from (select id from case_file where owner = $1 and id <> $2 order by opened_at desc, id desc limit {OwnerSheet.CasesLookedAt}) c
            """, r => r.IsDBNull(0) ? "none" : r.GetString(0), of.Owner, of.Id);
        var cases = asked.Ask(
            $"""
            select {Rows.Case}, (select r.ruling from ruling r where r.case_id = c.id order by r.id desc limit 1) as latest_ruling
            from case_file c where c.owner = $1 and c.id <> $2 order by c.opened_at desc, c.id desc limit {Shown}
            """, ReadCase, of.Owner, of.Id);
        return () =>
        {
            var (since, vms, running) = fleet[0];
            return new(since, vms, running, [.. rulings.GroupBy(one => one).Select(one => (one.Key, one.Count())).OrderByDescending(one => one.Item2)], cases);
        };
    }

    private static (CaseRecord, string?) ReadCase(NpgsqlDataReader r) => (Rows.ReadCase(r), r["latest_ruling"] as string);
}
