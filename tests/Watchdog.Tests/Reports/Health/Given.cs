using Watchdog.Testing;

namespace Watchdog.Tests.Reports.Health;

internal static class Given
{
    /// <summary>Four running VMs and a stopped one: shard 1 was swept now, shard 2 half an hour and a bit ago; one VM of shard 1 is blind.</summary>
    public static async Task FleetAsync(TestDatabase database, DateTimeOffset now)
    {
        await database.ExecuteAsync("insert into scope (key, region) values ('default/eu-west-1', 'eu-west-1') on conflict do nothing");
        await database.ExecuteAsync(
            """
            insert into vm (instance_id, scope, shard, owner, state, state_since, instance_type, vcpus, launch_time, tags, first_seen, changed_at, fingerprint)
            select 'i-' || n, (select id from scope limit 1), shard, 'o', state, $1 - age, 't3.small', 2, $1 - age, '{}', $1, $1, 0
            from (values (1, 1, 'running', interval '9 days'), (2, 1, 'running', interval '1 hour'), (3, 1, 'running', interval '9 days'),
              (4, 2, 'running', interval '9 days'), (5, 2, 'stopped', interval '9 days')) as v(n, shard, state, age)
            """, now);
        await database.ExecuteAsync(
            """
            insert into shard_run (shard, at, node, epoch, seen, judged, unknown, seconds)
            values (1, $1, 'me', 1, 3, 2, 1, 0.1), (2, $1 - interval '31 minutes', 'me', 1, 1, 1, 0, 0.1)
            """, now);
        await database.ExecuteAsync("insert into shard_blind values (1, '{i-3,i-gone}')");
        await database.ExecuteAsync(
            """
            insert into case_file (instance_id, scope, owner, class, opened_at, closed_at, state, score, reason, rule_version)
            select 'i-' || n, (select id from scope limit 1), 'o', 'miner', $1, case when n = 2 then $1 end, case when n = 2 then 'closed' else 'open' end, 0.9, 'r', 'v'
            from generate_series(1, 2) n
            """, now);
        await database.ExecuteAsync("insert into outbox_channel (name, cursor_xid, cursor_id) values ('owners', '1', 0), ('pager', '1', 0)");
        await database.ExecuteAsync(
            """
            insert into outbox (channel, message_id, subject, kind, body, created_at, due_at, state)
            select 'owners', n::text, 's', 'k', '{}', $1 - interval '1 minute', $1, case when n = 3 then 'sent' else 'waiting' end from generate_series(1, 3) n
            """, now);
    }
}
