using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Reports.Cases;

/// <summary>Asks for open cases of the same class that are like a case: of the same owner, executable, image or technique.</summary>
internal static class SimilarReads
{
    // Of those of other owners: beyond, too many findings would have to be read.
    private const int LookedAt = 100;
    private const int Shown = 12;

    /// <summary>Asks; what it returns tells the answers once they are there.</summary>
    public static Func<IReadOnlyList<SimilarCase>> Ask(Questions asked, CaseRecord of)
    {
        var found = asked.Ask(
            $"""
            with near as (
              (select id from case_file where closed_at is null and class = $2 and id <> $1 order by opened_at desc limit {LookedAt})
              union (select id from case_file where closed_at is null and class = $2 and id <> $1 and owner = $3 order by opened_at desc limit {LookedAt})),
            mine as (select (select image_id from vm where instance_id = $4) as image, ({TechniqueOf("$1")}) as technique, ({ExecutableOf("$1")}) as executable)
            select {Rows.Case}, c.owner = $3 as same_owner, v.image_id = mine.image as same_image, ({TechniqueOf("c.id")}) = mine.technique as same_technique,
              ({ExecutableOf("c.id")}) = mine.executable as same_executable
            from near join case_file c on c.id = near.id left join vm v on v.instance_id = c.instance_id cross join mine
            """, r => new SimilarCase(Rows.ReadCase(r), [.. Shared(r)]), of.Id, of.Class, of.Owner, of.InstanceId);
        return () => [.. found.Where(one => one.Why.Count > 0).OrderByDescending(one => one.Why.Count).ThenByDescending(one => one.Case.Score).ThenBy(one => one.Case.Id).Take(Shown)];
    }

    // What speaks the loudest for a case's class.
    private static string TechniqueOf(string id) =>
        $$"""
        select piece ->> 'code' from case_episode e, jsonb_path_query(e.finding, '$.evidence[*]') piece where e.case_id = {{id}} and e.class = $2
        order by e.joined_at, (piece ->> 'weight')::double precision desc limit 1
        """;

    private static string ExecutableOf(string id) =>
        $"select x.executable from case_episode e join episode x on x.id = e.episode_id where e.case_id = {id} and x.executable is not null order by e.joined_at limit 1";

    private static IEnumerable<string> Shared(NpgsqlDataReader r) =>
        ((string[])["owner", "executable", "image", "technique"]).Where(what => r[$"same_{what}"] is true);
}
