using Watchdog.Http.Access;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Workers;

/// <summary>Workers, leases, shards and loops as a page.</summary>
public class WorkersPageTests
{
    [Fact]
    public async Task Without_any_worker_it_says_so()
    {
        await using var site = await OpsSite.OpenAsync();
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (status, body, _) = await ann.GetAsync("/workers");

        Assert.Equal(200, status);
        Assert.Contains("No worker has told of itself", body, StringComparison.Ordinal);
        Assert.Contains("No lease was ever taken", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_shows_nodes_loops_and_shards_the_worst_first()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.Database.ExecuteAsync(
            """
            insert into worker_node (name, host, process, started_at, program, schema, seen_at, skew, jobs, leased)
            values ('<b>one</b>', 'h', 1, $1, '1.0', 22, $1, 0, 2, 10)
            """, site.Now);
        await site.Database.ExecuteAsync(
            "insert into lease (name, epoch, owner, taken_at, done_at) values ('shard:1', 3, 'one', $1, $1), ('audit', 1, 'one', $1 - interval '1 day', $1 - interval '1 day')", site.Now);
        await site.Database.ExecuteAsync("insert into shard_run (shard, at, node, epoch, seen, judged, unknown, seconds) values (1, $1, 'one', 3, 40, 39, 1, 0.25)", site.Now);
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (_, body, _) = await ann.GetAsync("/workers");

        Assert.Contains("&lt;b&gt;one", body, StringComparison.Ordinal);
        Assert.True(body.IndexOf(">audit<", StringComparison.Ordinal) < body.IndexOf(">shard<", StringComparison.Ordinal), "the loop that does not go round comes first");
        Assert.Contains("unhealthy", body, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">39</td>", body, StringComparison.Ordinal);
    }
}
