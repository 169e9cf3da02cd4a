using Watchdog.Http.Access;
using Watchdog.Policy;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Idle;

/// <summary>Idle stops as a page.</summary>
public class IdlePageTests
{
    [Fact]
    public async Task With_nothing_at_rest_it_says_so_and_shows_the_policies()
    {
        await using var site = await OpsSite.OpenAsync();
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (status, body, _) = await ann.GetAsync("/idle");

        Assert.Equal(200, status);
        Assert.Contains("Nobody within the hour", body, StringComparison.Ordinal);
        Assert.Contains("No VM is held.", body, StringComparison.Ordinal);
        Assert.Contains(">default</th>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_shows_stops_of_the_last_day_warnings_holds_and_who_is_next_and_obeys_no_text()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.Database.ExecuteAsync(
            """
            insert into act (instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at, purpose)
            select 'i-' || n, 1, 'stop', case n when 1 then 'verified' when 2 then 'proposed' else 'failed' end, 0, false, 'r', 'watchdog', 'v', $1 - interval '2 hours', 'idle'
            from generate_series(1, 3) n
            """, site.Now);
        await site.Database.ExecuteAsync(
            """
            insert into idle_warning (act_id, instance_id, scope, owner, code, warned_at, deadline, lead_seconds, waits, by_receiver)
            values (2, 'i-2', 1, '<i>o</i>' || chr(8238), 'idle', $1, $1 + interval '10 minutes', 600, true, false)
            """, site.Now);
        await site.Database.ExecuteAsync(
            """
            insert into idle_watch (instance_id, scope, shard, since, due_at, verdict)
            values ('i-9', 1, 0, $1, $1, jsonb_build_object('at', $1::timestamptz, 'keepers', '[]'::jsonb, 'ground', 'rested for 2 h'))
            """, site.Now);
        await site.Get<HoldBook>().AddAsync("i-5", "a demo", "ann", site.Now, site.Now.AddHours(3), default);
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (status, body, _) = await ann.GetAsync("/idle?days=1&by=policy");

        Assert.Equal(200, status);
        Assert.Contains("1 stops of the last 24 h failed or were refused", body, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;o", body, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', body);
        Assert.Contains("rested for 2 h", body, StringComparison.Ordinal);
        Assert.Contains("a demo", body, StringComparison.Ordinal);
    }
}
