using Npgsql;
using NpgsqlTypes;

namespace Watchdog.Bench.Pages;

/// <summary>How large a ledger is made.</summary>
/// <param name="Open">Open cases, one a VM.</param>
/// <param name="Audit">Lines of the audit trail beside those of cases.</param>
/// <param name="Events">Events beside those of cases.</param>
internal sealed record LedgerSizes(int Vms, int Open, int Closed, int Audit, int Events)
{
    public int Cases => Open + Closed;
}

/// <summary>
/// A ledger as months of work leave it: VMs, cases of several classes with frozen evidence and curves, acts with their steps in every state, requests, rulings, audit lines, events. The newest
/// cases are the open ones. One owner in a hundred cases is the same, so that there is one with a long history.
/// </summary>
internal static class MadeLedger
{
    public static async Task MakeAsync(NpgsqlDataSource database, LedgerSizes sizes, DateTimeOffset now)
    {
        await RunAsync("insert into scope (key, region) values ('111122223333/eu-west-1', 'eu-west-1'), ('111122223333/us-east-1', 'us-east-1')");
        await RunAsync(
            $$"""
            insert into vm (instance_id, scope, shard, owner, plan, state, state_since, instance_type, vcpus, image_id, zone, vpc_id, launch_time, private_ip, tags, first_seen, changed_at,
              gone_at, fingerprint)
            select 'i-' || lpad(to_hex(n), 17, '0'), 1 + n % 2, n % 64, {{OwnerOf("n")}}, 'team', (array['running', 'running', 'stopped'])[1 + n % 3], $1 - n % 500 * interval '1 hour',
              (array['m5.large', 't3.medium', 'c5.xlarge'])[1 + n % 3], 2, 'ami-' || n % 40, 'eu-west-1a', 'vpc-1', $1 - n % 900 * interval '1 hour', '10.0.0.1', '{"owner": "somebody", "Name": "ide"}',
              $1 - n % 900 * interval '1 hour', $1, case when n % 10 = 9 then $1 - n % 60 * interval '1 day' end, n
            from generate_series(0, {{sizes.Vms}} - 1) n
            """, now);
        await RunAsync(
            """
            insert into vm_transition (instance_id, scope, at, observed_at, from_state, to_state)
            select v.instance_id, v.scope, v.launch_time + k * interval '7 hours', v.launch_time + k * interval '7 hours', case k % 2 when 0 then 'stopped' else 'running' end,
              case k % 2 when 0 then 'running' else 'stopped' end from vm v, generate_series(0, 2) k
            """);
        await RunAsync(
            """
            insert into shard_run (shard, at, node, epoch, seen, judged, unknown, seconds)
            select s, $1 - k * interval '5 minutes', 'worker-1', 1, 2300, 2290, 10, 0.5 from generate_series(0, 63) s, generate_series(0, 288 * 7) k
            """, now);
        // Case n is the n-th, the oldest first.
        await RunAsync(
            $$"""
            insert into episode (id, instance_id, scope, shard, class, onset, opened_at, confirmed_at, closed_at, score, reason, executable) overriding system value
            select n, 'i-' || lpad(to_hex(({{sizes.Cases}} - n) % {{sizes.Vms}}), 17, '0'), 1 + ({{sizes.Cases}} - n) % 2, ({{sizes.Cases}} - n) % 64, (array['miner', 'forkbomb', 'runaway', 'panic', 'hostfault'])[1 + n % 5],
              at - interval '40 minutes', at, at, case when n <= {{sizes.Closed}} then at + interval '9 hours' end, 0.8 + (n % 20) / 100.0,
              'Process ' || n || ' runs with a miner''s arguments. CPU at 99.' || n % 10 || ' % for 40 minutes, 3.1 % is usual at this hour.', '/usr/bin/program-' || n % 300
            from (select n, $1 - ({{sizes.Cases}} - n) * interval '20 seconds' as at from generate_series(1, {{sizes.Cases}}) n) as made
            """, now);
        await RunAsync(
            $$"""
            insert into case_file (id, instance_id, scope, owner, class, opened_at, closed_at, state, score, reason, rule_version, clock_at, clock_does, assignee) overriding system value
            select id, instance_id, scope, {{OwnerOf($"(({sizes.Cases} - id) % {sizes.Vms})")}}, class, opened_at, closed_at,
              case when closed_at is null then (array['open', 'contained', 'confirmed'])[1 + id % 3] else 'released' end, score, reason, 'rules-1',
              case when closed_at is null then opened_at + interval '24 hours' end, case when closed_at is null then 'escalate' end,
              case when closed_at is null and id % 7 = 0 then 'reviewer ' || id % 50 end from episode
            """);
        await RunAsync(
            """
            insert into case_episode (case_id, episode_id, class, onset, joined_at, ended_at, score, reason, finding)
            select id, id, class, onset, opened_at, closed_at, score, reason, jsonb_build_object('class', case class when 'forkbomb' then 'fork-bomb' when 'hostfault' then 'host-fault' else class end,
              'verdict', 'confirmed', 'score', score, 'reason', reason, 'evidence', jsonb_build_array(
                jsonb_build_object('family', 'guest-processes', 'code', 'technique-' || id % 12, 'weight', 6, 'sentence', 'Process 7 runs with a miner''s arguments.', 'decisive', true),
                jsonb_build_object('family', 'cpu-shape', 'code', 'plateau', 'weight', 2.5, 'sentence', 'CPU at 99 % for 40 minutes, 3.1 % is usual at this hour.', 'decisive', false),
                jsonb_build_object('family', 'network-shape', 'code', 'disk-busy', 'weight', -1.5, 'sentence', 'The disk is busy with it.', 'decisive', false)))
            from episode
            """);
        await RunAsync(
            """
            insert into evidence (episode_id, at, finding, facts)
            select id, opened_at, '{}', jsonb_build_object('instanceType', 'm5.large', 'vcpus', 2, 'launchTime', onset - interval '9 hours',
              'cpu', jsonb_build_object('start', onset - interval '2 hours', 'periodSeconds', 300, 'values', (select jsonb_agg(case when k < 24 then 3 + (id * k) % 5 else 99 end) from generate_series(0, 35) k)),
              'networkIn', jsonb_build_object('start', onset, 'periodSeconds', 300, 'values', '[]'::jsonb), 'networkOut', jsonb_build_object('start', onset, 'periodSeconds', 300, 'values', '[]'::jsonb),
              'console', repeat('a line of the kernel''s log, as it comes ', 60)) from episode order by id
            """);
        await RunAsync(
            """
            insert into act (id, case_id, episode_id, instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at, admitted_at, done_at, plan) overriding system value
            select id, id, id, instance_id, scope, 'quarantine', case when closed_at is null then (array['proposed', 'verified', 'verified', 'failed'])[1 + id % 4] else 'released' end, 50, id % 4 = 0, reason,
              'watchdog', 'rules-1', opened_at, case when id % 4 <> 0 then opened_at end, closed_at, '{"summary": "isolates it", "steps": [], "not_brought_back": ["connections that are open now"], "refused": null}'
            from case_file order by id
            """);
        await RunAsync(
            """
            insert into step (act_id, ordinal, kind, target, iam_action, before, wanted, undo, state, started_at, called_at, done_at)
            select a.id, k, 'tag', a.instance_id, 'ec2:CreateTags', '{}', '{}', '{}', 'done', a.proposed_at, a.proposed_at, a.proposed_at + k * interval '2 seconds'
            from act a, generate_series(0, 2) k where a.state <> 'proposed' order by a.id, k
            """);
        await RunAsync(
            """
            insert into request (at, kind, actor, case_id, expected_version, payload, state, done_at, outcome)
            select closed_at, 'release', 'ann', id, 1, '{"reason": "as the case says"}', 'done', closed_at, 'Released.' from case_file where closed_at is not null order by id
            """);
        await RunAsync("insert into ruling (case_id, at, ruling, actor, reason) select id, coalesce(closed_at, $1), (array['true_positive', 'benign_positive', 'false_positive'])[1 + id % 3], 'ann', 'as the case says' from case_file where id % 3 <> 0 order by id", now);
        await RunAsync("insert into appeal (case_id, at, words, due_at) select id, opened_at, 'It is my own build.', opened_at + interval '4 hours' from case_file where closed_at is null and id % 50 = 0");
        await RunAsync(
            """
            insert into audit (at, actor, what, subject, data, rule_version)
            select c.opened_at + k * interval '1 minute', case k when 4 then 'ann' else 'watchdog' end, (array['case.opened', 'act.proposed', 'act.admitted', 'act.verified', 'case.ruled'])[1 + k], 'case:' || c.id,
              jsonb_build_object('kind', 'quarantine', 'reason', c.reason), 'rules-1' from case_file c, generate_series(0, 4) k order by 1
            """);
        await RunAsync(
            $$"""
            insert into audit (at, actor, what, subject, data)
            select $1 - n * interval '7 seconds', 'reviewer ' || n % 50, 'web.request', 'web:POST /cases/' || n % 9973 || '/release', '{"by": "oidc", "role": "operator", "source": "10.0.0.1"}'
            from generate_series({{sizes.Audit}}, 1, -1) n
            """, now);
        await RunAsync(
            $$"""
            insert into event (at, kind, subject, data)
            select c.opened_at + k * interval '1 minute', (array['case.opened', 'act.verified', 'case.ruled'])[1 + k], 'case:' || c.id, '{}' from case_file c, generate_series(0, 2) k order by 1
            """);
        await RunAsync(
            $$"""
            insert into event (at, kind, subject, data)
            select $1 - n * interval '5 seconds', (array['vm.status', 'vm.agent', 'vm.state'])[1 + n % 3], 'vm:i-' || lpad(to_hex(n % {{sizes.Vms}}), 17, '0'), '{"status": "ok"}'
            from generate_series({{sizes.Events}}, 1, -1) n
            """, now);
        await RunAsync("select setval(pg_get_serial_sequence(t, 'id'), $1) from unnest(array['episode', 'case_file', 'act']) t", (long)sizes.Cases);
        await OthersAsync(sizes, now);
        await RunAsync("vacuum analyze");

        // What else people make: exemptions, holds, bulks, incidents, messages, looks at resting VMs, suspects.
        async Task OthersAsync(LedgerSizes of, DateTimeOffset at)
        {
            await RunAsync(
                """
                insert into exemption (kind, subject, reason, author, from_at, until_at)
                select (array['vm', 'owner', 'image'])[1 + n % 3], case n % 3 when 0 then 'i-' || lpad(to_hex(n), 17, '0') when 1 then 'acct-' || lpad(n::text, 6, '0') else 'ami-' || n end,
                  'a build farm', 'ann', $1 - n % 60 * interval '1 day', $1 + (30 - n % 60) * interval '1 day' - interval '1 hour' * (n % 2) + interval '31 days' from generate_series(1, 300) n
                """, at);
            await RunAsync("insert into exemption_match (exemption_id, instance_id, at) select e.id, 'i-' || lpad(to_hex(k), 17, '0'), $1 from exemption e, generate_series(1, 100) k", at);
            await RunAsync("insert into hold (instance_id, reason, author, from_at, until_at) select 'i-' || lpad(to_hex(n * 7), 17, '0'), 'a long run', 'ann', $1 - interval '1 day', $1 + n % 9 * interval '1 day' + interval '1 hour' from generate_series(1, 3000) n", at);
            await RunAsync("insert into bulk (at, kind, actor, payload, cases, started_at, not_before) select $1 - n * interval '1 hour', 'release', 'ann', '{\"reason\": \"as the case says\"}', 500, $1 - n * interval '1 hour', $1 - n * interval '1 hour' from generate_series(1, 40) n", at);
            await RunAsync($"insert into bulk_item (bulk_id, case_id, version) select b.id, c.id, 1 from bulk b join case_file c on c.id between {Math.Max(1, of.Closed - 500 * 40)} + b.id * 500 - 499 and {Math.Max(1, of.Closed - 500 * 40)} + b.id * 500");
            await RunAsync(
                """
                insert into incident (kind, technique, scope, severity, opened_at, settles_at, resolved_at, size, peak, due_at)
                select 'abuse', 'technique-' || n, '111122223333/eu-west-1', 'error', $1 - n * interval '1 hour', $1 - n * interval '1 hour', case when n > 40 then $1 - n * interval '50 minutes' end, 100, 100, $1
                from generate_series(1, 1000) n
                """, at);
            await RunAsync("insert into incident_member (incident_id, member, severity, first_at, last_at, facts) select i.id, 'case:' || i.id * 100 + k, 'error', i.opened_at, i.opened_at, '{\"owner\": \"acct-1\"}' from incident i, generate_series(0, 99) k");
            await RunAsync(
                """
                insert into outbox (channel, message_id, subject, kind, body, created_at, due_at, state, done_at)
                select (array['pager', 'chat'])[1 + n % 2], 'm' || n, 'incident:' || n % 1000, 'incident', repeat('{"text": "words"}', 20), $1 - n * interval '1 minute', $1 - n * interval '1 minute',
                  case when n % 500 = 0 then 'dead' else 'sent' end, $1 - n * interval '1 minute' from generate_series(1, 100000) n
                """, at);
            await RunAsync("insert into idle_watch (instance_id, scope, shard, since, due_at) select instance_id, scope, shard, $1 - interval '5 hours', $1 + interval '1 hour' from vm where gone_at is null and state = 'running' and fingerprint % 3 = 0", at);
            await RunAsync(
                """
                insert into suspect (instance_id, scope, shard, class, stage, onset, opened_at, due_at)
                select instance_id, scope, shard, 'miner', 'benign', $1 - interval '5 hours', $1 - interval '5 hours', $1 + interval '9 days' from vm where gone_at is null and fingerprint % 50 = 0
                """, at);
            await RunAsync(
                """
                insert into act (instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at, admitted_at, done_at, purpose)
                select instance_id, scope, 'stop', 'verified', 1, false, 'Nobody uses it.', 'watchdog', 'rules-1', $1 - fingerprint % 240 * interval '1 hour', $1 - fingerprint % 240 * interval '1 hour',
                  $1 - fingerprint % 240 * interval '1 hour', 'idle' from vm where fingerprint % 2 = 0
                """, at);
        }

        async Task RunAsync(string sql, params object[] values)
        {
            await using var command = database.CreateCommand(sql);
            command.CommandTimeout = 1_200;
            foreach (var value in values)
            {
                command.Parameters.Add(value is DateTimeOffset ? new() { Value = value, NpgsqlDbType = NpgsqlDbType.TimestampTz } : new() { Value = value });
            }

            await command.ExecuteNonQueryAsync();
        }
    }

    private static string OwnerOf(string vm) => $"case when {vm} % 100 = 0 then 'acct-big' else 'acct-' || lpad(({vm} % 50000)::text, 6, '0') end";

    /// <summary>Something changes, as sweeps and acts let it: an event of one case.</summary>
    public static async Task ChangeAsync(NpgsqlDataSource database, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand("insert into event (at, kind, subject, data) values ($1, 'case.opened', 'case:1', '{}')");
        command.Parameters.Add(new() { Value = now });
        await command.ExecuteNonQueryAsync(ct);
    }
}
