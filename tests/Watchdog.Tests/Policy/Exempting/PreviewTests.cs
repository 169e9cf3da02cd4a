using System.Diagnostics;
using Npgsql;
using Watchdog.Policy.Exempting;
using Watchdog.Testing;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Policy.Exempting;

public sealed class PreviewTests
{
    [Fact]
    public async Task A_preview_counts_what_it_would_have_covered_and_names_the_newest()
    {
        await using var world = await ManyAsync(2_000, over: TimeSpan.FromDays(60));
        var desk = world.Get<ExemptionDesk>();

        var owner = await desk.PreviewAsync("owner", "owner-7", world.Now, default);
        Assert.Equal((10, 1, 10), (owner.Cases, owner.Owners, owner.First.Count));
        Assert.Equal([new("runaway", 4), new("forkbomb", 3), new PreviewCount("miner", 3)], owner.ByClass);

        var image = await desk.PreviewAsync("image", "ami-3", world.Now, default);
        Assert.Equal((100, 10, 50), (image.Cases, image.Owners, image.First.Count));
        Assert.Equal(image.First.OrderByDescending(one => one.OpenedAt), image.First);
        Assert.Equal(new PreviewCount("owner-13", 10), image.ByOwner[0]);
        Assert.Equal(20, (await desk.PreviewAsync("tag", "team=team-3", world.Now, default)).Cases);
        Assert.Equal("It would have covered no case opened since 2025-12-06.", (await desk.PreviewAsync("vm", "i-none", world.Now, default)).Sentence);
        await Assert.ThrowsAsync<ArgumentException>(() => desk.PreviewAsync("tag", "x", world.Now, default));
    }

    [Fact]
    public async Task It_tells_how_many_of_them_people_called_right()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync();
        await world.AddCaseAsync("i-2");
        await world.AddCaseAsync("i-3");
        await world.Database.ExecuteAsync("insert into ruling (case_id, at, ruling, actor, reason) select c, $1, r, 'ann', '' from (values (1, 'false_positive'), (1, 'true_positive'), (2, 'false_positive')) v(c, r)", world.Now);
        await world.Database.ExecuteAsync("update episode set executable = '/opt/a'");
        await world.Database.ExecuteAsync("update episode set executable = null where instance_id = 'i-3'");

        var preview = await world.Get<ExemptionDesk>().PreviewAsync("executable", " /opt/a ", world.Now, default);

        Assert.Equal((2, 1), (preview.Cases, preview.Right));
        Assert.Equal(["true_positive", "false_positive"], preview.First.OrderBy(one => one.Id).Select(one => one.Ruling));
        Assert.Equal("It would have covered 2 cases of 1 owner opened since 2025-12-06; 1 of them ruled true positive.", preview.Sentence);
    }

    [Fact]
    public async Task With_very_many_cases_it_reads_by_indexes_and_quickly()
    {
        await using var world = await ManyAsync(40_000, over: TimeSpan.FromDays(345));
        foreach (var (kind, subject) in ((string, string)[])[("vm", "i-case-77"), ("owner", "owner-7"), ("image", "ami-3"), ("tag", "team=team-3"), ("executable", "/opt/a")])
        {
            var plan = await PlanAsync(world.Database, PreviewReads.Query(kind, subject, world.Now - ExemptionDesk.PreviewSpan));
            Assert.DoesNotContain("Seq Scan on case_file", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan on ruling", plan, StringComparison.Ordinal);

            var since = Stopwatch.GetTimestamp();
            await world.Get<ExemptionDesk>().PreviewAsync(kind, subject, world.Now, default);
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(2), plan);
        }
    }

    private static async Task<string> PlanAsync(TestDatabase database, NpgsqlCommand query)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        query.Connection = connection;
        query.CommandText = "explain " + query.CommandText;
        await using var reader = await query.ExecuteReaderAsync();
        List<string> lines = [];
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join(Environment.NewLine, lines);
    }

    // Cases evenly over a span before now.
    private static async Task<World> ManyAsync(int cases, TimeSpan over)
    {
        var world = await World.CreateAsync();
        await world.Database.ExecuteAsync(
            """
            insert into vm (instance_id, scope, shard, owner, state, state_since, instance_type, vcpus, launch_time, tags, first_seen, changed_at, fingerprint, image_id)
            select 'i-case-' || n, $1, 0, 'owner-' || n % 100, 'running', $2, 't3.nano', 2, $2, jsonb_build_object('team', 'team-' || n % 50), $2, $2, 0, 'ami-' || n % 10
            from generate_series(1, $3) n
            """, world.Scope.Id, world.Now, cases);
        await world.Database.ExecuteAsync(
            """
            insert into case_file (instance_id, scope, owner, class, opened_at, closed_at, state, score, reason, rule_version)
            select 'i-case-' || n, $1, 'owner-' || n % 100, (array['miner', 'runaway', 'forkbomb'])[1 + n % 3], $2 - n * ($4::interval / $3), $2, 'released', 0.99, 'r', '1'
            from generate_series(1, $3) n
            """, world.Scope.Id, world.Now, cases, over);
        await world.Database.ExecuteAsync("insert into ruling (case_id, at, ruling, actor, reason) select id, $1, 'duplicate', 'ann', 'r' from case_file", world.Now);
        await world.Database.ExecuteAsync("analyze");
        return world;
    }
}
