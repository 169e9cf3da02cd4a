using System.Net.Http.Headers;
using System.Text.Json;
using Watchdog.Http.Keys;
using Watchdog.Storage.Nodes;

namespace Watchdog.Tests.Reports.Health;

public sealed class DetailTests
{
    [Fact]
    public async Task The_page_asks_for_a_key_of_its_own_scope_and_tells_each_loop()
    {
        await using var worker = await Listener.OpenAsync();
        Assert.Equal(401, (await worker.AskAsync("/healthz/detail")).Status);
        await UseAsync(worker, KeyScopes.AdmissionRead);
        Assert.Equal(403, (await worker.AskAsync("/healthz/detail")).Status);
        await UseAsync(worker, KeyScopes.HealthRead);
        await worker.Database.ExecuteAsync(
            """
            insert into lease (name, epoch, owner, taken_at, done_at) values ('shard:1', 1, 'me', $1, $1), ('shard:2', 1, '<b>other</b>', $1, $1 - interval '3 minutes')
            """, worker.Now);

        await worker.Get<NodeBook>().BeatAsync(
            new("me", "host", 1, worker.Now, "0.1.0", 16, default, null, TimeSpan.FromSeconds(0.25), 3, 40, 0, 0), default);

        var (status, body) = await worker.AskAsync("/healthz/detail");

        Assert.Equal(200, status);
        var report = JsonDocument.Parse(body).RootElement;
        Assert.Equal(("me", "degraded"), (report.GetProperty("node").GetString(), report.GetProperty("state").GetString()));
        Assert.Equal(["shard:2", "shard:1"], report.GetProperty("loops").EnumerateArray().Select(loop => loop.GetProperty("name").GetString()));
        Assert.Equal([false, true], report.GetProperty("loops").EnumerateArray().Select(loop => loop.GetProperty("here").GetBoolean()));

        var node = Assert.Single(report.GetProperty("nodes").EnumerateArray());
        Assert.Equal(("me", "alive", 1, 0.25), (
            node.GetProperty("name").GetString(), node.GetProperty("state").GetString(), node.GetProperty("shards").GetInt32(),
            node.GetProperty("clock_skew_seconds").GetDouble()));

        worker.Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var page = (await worker.AskAsync("/healthz/detail")).Body;
        Assert.Contains("<td>&lt;b&gt;other&lt;/b&gt;</td>", page, StringComparison.Ordinal);

        worker.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(503, (await worker.AskAsync("/healthz/detail")).Status);
    }

    private static async Task UseAsync(Listener worker, string scope)
    {
        var (_, text) = await worker.Get<KeyBook>().AddAsync(scope, [scope], "ann", worker.Now, worker.Now.AddDays(1), default);
        worker.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", text);
        await worker.Get<KeyRing>().RefreshAsync(default);
    }
}
