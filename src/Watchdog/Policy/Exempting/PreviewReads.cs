using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Policy.Exempting;

/// <summary>Reads which cases an exemption would have covered, by what was known of their VMs.</summary>
internal static class PreviewReads
{
    /// <summary>The cases opened since an instant that it would have covered: one statement.</summary>
    public static async Task<ExemptionPreview> SinceAsync(NpgsqlDataSource database, string kind, string subject, DateTimeOffset since, CancellationToken ct)
    {
        await using var command = Query(kind, subject, since);
        command.Connection = await database.OpenConnectionAsync(ct);
        await using var connection = command.Connection;
        var (groups, first) = (await Rows.AllAsync(command, r => (
            r.IsDBNull(0) ? [] : LedgerJson.Read<List<PreviewGroup>>(r.GetString(0)),
            r.IsDBNull(1) ? [] : LedgerJson.Read<List<PreviewCase>>(r.GetString(1))), ct)).Single();
        return ExemptionPreview.Of(kind, subject, since, groups, first);
    }

    /// <summary>The statement of <see cref="SinceAsync"/>; its plan is held by a test.</summary>
    public static NpgsqlCommand Query(string kind, string subject, DateTimeOffset since) => new(
        $"""
        with covered as materialized (
          select c.id, c.instance_id, c.owner, c.class, c.state, c.opened_at,
            (select r.ruling from ruling r where r.case_id = c.id order by r.id desc limit 1) as ruling
          from case_file c where c.opened_at >= $1 and {Covers(kind)})
        select
          (select jsonb_agg(jsonb_build_object('class', g.class, 'owner', g.owner, 'ruling', g.ruling, 'cases', g.cases))
            from (select class, owner, ruling, count(*)::int as cases from covered group by class, owner, ruling) g),
          (select jsonb_agg(jsonb_build_object('id', f.id, 'instance_id', f.instance_id, 'owner', f.owner, 'class', f.class, 'state', f.state,
              'opened_at', f.opened_at, 'ruling', f.ruling) order by f.opened_at desc, f.id desc)
            from (select * from covered order by opened_at desc, id desc limit {ExemptionPreview.MostCases}) f)
        """)
    {
        Parameters = { new() { Value = since }, new() { Value = subject } },
    };

    /// <summary>Whether it would cover a case's VM; null where there is no such case.</summary>
    public static async Task<bool?> CoversAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string kind, string subject, long caseId, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, $"select {Covers(kind)} from case_file c where c.id = $1", caseId, subject);
        return (await Rows.AllAsync(command, r => !r.IsDBNull(0) && r.GetBoolean(0), ct)) is [var covers] ? covers : null;
    }

    // The condition on a row c of case_file; $2 is the subject. A case is of an executable where no class was found on it for another.
    private static string Covers(string kind) => kind switch
    {
        "vm" => "c.instance_id = $2",
        "owner" => "c.owner = $2",
        "image" => "exists (select 1 from vm v where v.instance_id = c.instance_id and v.image_id = $2)",
        "tag" => "exists (select 1 from vm v where v.instance_id = c.instance_id and v.tags ->> split_part($2, '=', 1) = substr($2, strpos($2, '=') + 1))",
        "executable" =>
            """
            c.id in (select ce.case_id from episode p join case_episode ce on ce.episode_id = p.id where p.executable = $2)
            and not exists (select 1 from case_episode ce join episode p on p.id = ce.episode_id where ce.case_id = c.id and p.executable is distinct from $2)
            """,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of exemption"),
    };
}
