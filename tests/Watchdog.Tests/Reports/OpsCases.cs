using System.Text.RegularExpressions;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports;

/// <summary>Cases as the pages' tests put them into a site's ledger, and what they read off a page.</summary>
internal static partial class OpsCases
{
    public static Task<long> AddCaseAsync(this OpsSite site, string vm, string owner = "acme", string found = "miner", string state = "open", string reason = "it mines") =>
        site.Database.ScalarAsync<long>(
            """
            insert into case_file (instance_id, scope, owner, class, opened_at, closed_at, state, score, reason, rule_version, clock_at, clock_does)
            values ($1, 1, $2, $3, $4, case when $5 in ('released', 'closed') then $4::timestamptz end, $5, 0.97, $6, '1', case when $5 = 'contained' then $4 + interval '1 day' end,
              case when $5 = 'contained' then 'escalate' end) returning id
            """, vm, owner, found, site.Now.AddHours(-2), state, reason);

    public static Task AddCasesAsync(this OpsSite site, int count, string owner = "acme") => site.Database.ExecuteAsync(
        """
        insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version)
        select 'i-' || $2 || '-' || n, 1, $2, 'miner', $3, 'open', 0.9, 'it mines', '1' from generate_series(1, $1) n
        """, count, owner, site.Now.AddHours(-2));

    public static Task<long> AddActAsync(this OpsSite site, long of, string? planJson = null) => site.Database.ScalarAsync<long>(
        """
        insert into act (case_id, instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at, plan)
        select c.id, c.instance_id, c.scope, 'quarantine', 'proposed', 9, true, 'it mines', 'watchdog', '1', $2, nullif($3, '')::jsonb from case_file c where c.id = $1 returning id
        """, of, site.Now.AddHours(-1), planJson ?? "");

    public static Task AddVmAsync(this OpsSite site, string vm, string owner = "acme", string image = "ami-1") => site.Database.ExecuteAsync(
        """
        insert into vm (instance_id, scope, shard, owner, state, state_since, instance_type, vcpus, image_id, launch_time, tags, first_seen, changed_at, fingerprint)
        values ($1, 1, 0, $2, 'running', $4, 'm5.large', 2, $3, $4, '{}', $4, $4, 0)
        """, vm, owner, image, site.Now.AddDays(-3));

    public static Task ChangeAsync(this OpsSite site, long of) => site.Database.ExecuteAsync("update case_file set version = version + 1 where id = $1", of);

    public static Task<long> CountAsync(this OpsSite site, string table, string where = "true") => site.Database.ScalarAsync<long>($"select count(*) from {table} where {where}");

    /// <summary>The value of a hidden field of the page's last form that has it.</summary>
    public static string Field(this string page, string name) => Hidden().Matches(page).Last(match => match.Groups[1].Value == name).Groups[2].Value;

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
