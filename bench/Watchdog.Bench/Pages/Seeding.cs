using Npgsql;

namespace Watchdog.Bench.Pages;

/// <summary>Open cases as a bad month leaves them: several classes, frozen evidence with curves, acts in every state, some rulings and closed cases.</summary>
internal static class Seeding
{
    public static async Task CasesAsync(NpgsqlDataSource database, int open, int closed, DateTimeOffset now)
    {
        await RunAsync(
            """
            with s as (insert into scope (key, region) values ('111122223333/eu-west-1', 'eu-west-1') returning id),
            e as (
              insert into episode (instance_id, scope, shard, class, onset, opened_at, closed_at, score, reason)
              select 'i-' || lpad(to_hex(n), 17, '0'), s.id, n % 64, (array['miner', 'forkbomb', 'runaway', 'panic', 'hostfault'])[1 + n % 5],
                $1 - n * interval '20 seconds' - interval '40 minutes', $1 - n * interval '20 seconds', case when n >= $2 then $1 end, 0.8 + (n % 20) / 100.0,
                'Process ' || n || ' runs with a miner''s arguments. CPU at 99.' || n % 10 || ' % for 40 minutes, 3.1 % is usual at this hour.'
              from generate_series(0, $2 + $3 - 1) n, s returning *),
            c as (
              insert into case_file (instance_id, scope, owner, class, opened_at, closed_at, state, score, reason, rule_version, clock_at, clock_does)
              select instance_id, scope, 'acct-' || lpad((id % 7919)::text, 6, '0'), class, opened_at, closed_at, case when closed_at is null then (array['open', 'contained', 'confirmed'])[1 + id % 3] else 'released' end,
                score, reason, 'rules-1', case when closed_at is null then opened_at + interval '24 hours' end, case when closed_at is null then 'escalate' end from e returning *),
            j as (
              insert into case_episode (case_id, episode_id, class, onset, joined_at, score, reason, finding)
              select c.id, e.id, e.class, e.onset, e.opened_at, e.score, e.reason,
                jsonb_build_object('class', 'Miner', 'verdict', 'Confirmed', 'score', e.score, 'reason', e.reason, 'evidence', '[]'::jsonb)
              from c join e using (instance_id)),
            v as (
              insert into evidence (episode_id, at, finding, facts)
              select id, opened_at, '{}', jsonb_build_object('cpu', jsonb_build_object('start', onset - interval '2 hours', 'periodSeconds', 300,
                'values', (select jsonb_agg(case when k < 24 then 3 + (id * k) % 5 else 99 end) from generate_series(0, 35) k)),
                'console', repeat('a line of the kernel''s log, as it comes ', 60)) from e)
            insert into act (case_id, instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at, done_at)
            select id, instance_id, scope, 'quarantine', (array['proposed', 'verified', 'verified', 'failed'])[1 + id % 4], 50, id % 4 = 0, reason, 'watchdog', 'rules-1', opened_at, null from c
            """, now, open, closed);
        await RunAsync("insert into ruling (case_id, at, ruling, actor, reason) select id, $1, 'true_positive', 'ann', 'as the case says' from case_file where id % 3 = 0", now);
        await RunAsync("analyze");

        async Task RunAsync(string sql, params object[] values)
        {
            await using var command = database.CreateCommand(sql);
            command.CommandTimeout = 300;
            foreach (var value in values)
            {
                command.Parameters.Add(new() { Value = value });
            }

            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Something changes, as sweeps and acts let it: an event of one case.</summary>
    public static async Task ChangeAsync(NpgsqlDataSource database, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand("insert into event (at, kind, subject, data) values ($1, 'case.opened', 'case:1', '{}')");
        command.Parameters.Add(new() { Value = now });
        await command.ExecuteNonQueryAsync(ct);
    }
}
