using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Enforcement.Plans;
using Watchdog.Ledger;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Cases;

/// <summary>A contained miner with all that belongs to it, in an ops site's database; every text that a stranger chooses can be given.</summary>
internal static class SeededCase
{
    public const string Vm = "i-0000000000000aaaa";

    public static async Task<long> AddAsync(OpsSite site, string vm = Vm, string owner = "alice", string text = "ordinary", double score = 0.9, string found = "miner")
    {
        var now = site.Now;
        await site.Database.ExecuteAsync(
            """
            insert into vm (instance_id, scope, shard, owner, plan, state, state_since, instance_type, vcpus, image_id, zone, launch_time, tags, first_seen, changed_at, fingerprint)
            values ($1, 1, $2, $3, $4, 'running', $5, 'm5.large', 2, 'ami-1', 'eu-west-1a', $5, jsonb_build_object('note', $4::text), $5, $5, 0) on conflict do nothing
            """, vm, Watchdog.Inventory.Shard.Of(vm), owner, text, now.AddHours(-20));
        var finding = new Finding(FindingClass.Miner, Verdict.Confirmed, score, text,
        [
            new(Family.GuestProcesses, "miner-arguments", 6, $"Process 7 ({text}) runs with a miner's arguments.", Decisive: true),
            new(Family.NetworkShape, "disk-busy", -1.5, "The disk is busy with it."),
        ]);
        var episode = await site.Database.ScalarAsync<long>(
            """
            insert into episode (instance_id, scope, shard, class, onset, opened_at, confirmed_at, score, reason)
            values ($1, 1, $2, $3, $4, $5, $5, $6, $7) returning id
            """, vm, Watchdog.Inventory.Shard.Of(vm), found, now.AddMinutes(-50), now.AddMinutes(-10), score, text);
        await site.Database.ExecuteAsync(
            "insert into evidence (episode_id, at, finding, facts) values ($1, $2, '{}', $3::text::jsonb)", episode, now.AddMinutes(-10), FrozenJson.Write(FactsOf(now, text)));
        var id = await site.Database.ScalarAsync<long>(
            """
            insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version, clock_at, clock_does)
            values ($1, 1, $2, $3, $4, 'contained', $5, $6, '0.1.0+test', $7, 'escalate') returning id
            """, vm, owner, found, now.AddMinutes(-10), score, text, now.AddHours(20));
        await site.Database.ExecuteAsync(
            "insert into case_episode (case_id, episode_id, class, onset, joined_at, score, reason, finding) values ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb)",
            id, episode, found, now.AddMinutes(-50), now.AddMinutes(-10), score, text, LedgerJson.Write(finding));
        var act = await site.Database.ScalarAsync<long>(
            """
            insert into act (case_id, instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at, admitted_at, done_at, plan, detail)
            values ($1, $2, 1, 'quarantine', 'verified', 5, false, $3, 'watchdog', '0.1.0+test', $4, $4, $5, $6::text::jsonb, $3) returning id
            """, id, vm, text, now.AddMinutes(-9), now.AddMinutes(-5), LedgerJson.Write(new Plan("isolates it", [], ["connections that are open now"], null)));
        await site.Database.ExecuteAsync(
            """
            insert into step (act_id, ordinal, kind, target, iam_action, before, wanted, undo, state, done_at, detail)
            values ($1, 0, 'groups', 'eni-1', 'ec2:ModifyNetworkInterfaceAttribute', $2::text::jsonb, $3::text::jsonb, $2::text::jsonb, 'done', $4, $5)
            """, act, LedgerJson.Write(Shape.OfGroups(["sg-before"])), LedgerJson.Write(Shape.OfGroups(["sg-contained"])), now.AddMinutes(-8), text);
        await site.Database.ExecuteAsync("insert into exhibit (act_id, kind, at, content, media_type) values ($1, 'console', $2, convert_to($3, 'UTF8'), 'text/html')", act, now, text);
        await site.Database.ExecuteAsync(
            "insert into audit (at, actor, what, subject, data) values ($1, $2, 'act.verified', $3, jsonb_build_object('act', $4::bigint, 'kind', 'quarantine', 'reason', $2::text))",
            now.AddMinutes(-5), text, $"case:{id}", act);
        return id;
    }

    private static Frozen FactsOf(DateTimeOffset now, string text) => new(
        "m5.large", 2, now.AddHours(-20), null, null, null, null, GuestReading.Of(Look(now.AddMinutes(-11), text, [Miner(text), Process(9, text)]), Look(now.AddMinutes(-18), text, [Process(9, text), Process(12, "went")])),
        $"{text}\nlast line of the console", new Points(At(now), 300, [3, 4, float.NaN, 99, 98, 99]), Points.None, Points.None);

    private static DateTimeOffset At(DateTimeOffset now) => DateTimeOffset.FromUnixTimeSeconds(now.AddMinutes(-40).ToUnixTimeSeconds() / 300 * 300);

    private static GuestProcess Miner(string text) => new(7, 1, 0, "xmrig", "/tmp/xmrig", $"xmrig -o stratum+tcp://pool:3333 {text}", 2400, 4800, 2, 1, false, "/tmp", 4711);

    private static GuestProcess Process(int pid, string text) => new(pid, 1, 0, text, "/usr/bin/thing", text, 9000, 9, 1, 1, false, "/", pid);

    private static GuestSnapshot Look(DateTimeOffset at, string text, GuestProcess[] processes) => new(
        at, true, 9000, 2, 2, 2, 98, 1, 0, 0, 2, 90, 200, processes, [new(7, "203.0.113.9", 3333, 40000, true, 2000)], [new(text, "pts/0", text, 5)], 0, false, null, null, [text], []);
}
