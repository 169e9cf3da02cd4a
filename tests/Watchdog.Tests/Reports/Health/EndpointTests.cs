using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Watchdog.Reports.Health;
using Watchdog.Testing;
using Watchdog.Tests.Diagnostics.Exporting;

namespace Watchdog.Tests.Reports.Health;

public sealed class EndpointTests
{
    [Fact]
    public async Task A_worker_is_alive_before_it_is_ready_and_ready_once_a_scope_was_listed()
    {
        await using var worker = await Listener.OpenAsync();
        Assert.Equal((200, "alive\n"), await worker.AskAsync("/livez"));

        var (status, body) = await worker.AskAsync("/readyz");
        Assert.Equal(503, status);
        Assert.Equal("warming up: none of 1 scopes was listed completely yet", JsonDocument.Parse(body).RootElement.GetProperty("detail").GetString());

        await worker.Database.ExecuteAsync(
            """
            insert into scope_coverage (scope, kind, from_at, to_at, seen, vms)
            select id, 'inventory', $1, $1, true, 3 from scope where key = 'default/eu-west-1'
            """, worker.Now);
        worker.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((200, "ready: 1 of 1 scopes were listed\n"), await worker.AskAsync("/readyz"));
    }

    [Fact]
    public async Task A_standby_is_ready_while_another_worker_works()
    {
        await using var worker = await Listener.OpenAsync();
        await worker.Database.ExecuteAsync("insert into lease (name, epoch, owner, taken_at) values ('actuator:1', 1, 'another', $1)", worker.Now);
        // What was read at the start, before the other took its lease, is read anew then.
        worker.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((200, "ready: stands by: another worker holds the leases\n"), await worker.AskAsync("/readyz"));

        // Its own leases do not make it a standby, and the dead do not work.
        worker.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(503, (await worker.AskAsync("/readyz")).Status);
    }

    [Fact]
    public async Task A_worker_on_a_schema_of_another_version_is_alive_and_not_ready()
    {
        await using var worker = await Listener.OpenAsync();
        await worker.Database.ExecuteAsync("insert into schema_version (version, name, sha256, applied_at) values (9999, 'future', 'x', $1)", worker.Now);
        await worker.Database.ExecuteAsync("update schema_floor set migration = 9999");
        // The answer of the gauge's own question is kept for a second.
        worker.Clock.Advance(TimeSpan.FromSeconds(2));

        var (status, body) = await worker.AskAsync("/readyz");

        Assert.Equal(503, status);
        Assert.Contains("the schema is not this program", body, StringComparison.Ordinal);
        Assert.Equal(200, (await worker.AskAsync("/livez")).Status);
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task What_is_only_read_takes_GET_and_HEAD_and_says_so_to_the_rest(string path)
    {
        await using var worker = await Listener.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, path);
        using var refused = await worker.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
        Assert.Equal(["GET", "HEAD"], refused.Content.Headers.Allow);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);

        using var head = await worker.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.NotEqual(HttpStatusCode.MethodNotAllowed, head.StatusCode);
        Assert.Equal("", await head.Content.ReadAsStringAsync());
        Assert.Equal(404, (await worker.AskAsync(path + "/more")).Status);
    }

    [Fact]
    public async Task A_scrape_tells_what_the_database_says_and_Prometheus_takes_it()
    {
        await using var worker = await Listener.OpenAsync();
        await Given.FleetAsync(worker.Database, worker.Now);
        await worker.Database.ExecuteAsync("insert into lease (name, epoch, owner, taken_at) values ('actuator:1', 1, 'me', $1), ('shard:1', 1, 'me', $1), ('shard:2', 1, 'another', $1)", worker.Now);
        worker.Clock.Advance(TimeSpan.FromSeconds(15));
        await Until.TrueAsync(async () => (await worker.AskAsync("/metrics")).Body.Contains("watchdog_vms{", StringComparison.Ordinal));
        await worker.Get<HeldLeases>().ReadAsync(default);

        var scrape = (await worker.AskAsync("/metrics")).Body;

        var lines = scrape.Split('\n');
        Assert.Contains("""watchdog_vms{region="eu-west-1",state="running"} 4""", lines);
        Assert.Contains("""watchdog_vms{region="eu-west-1",state="stopped"} 1""", lines);
        Assert.Contains("""watchdog_coverage_ratio{region="eu-west-1"} 0.5""", lines);
        Assert.Contains("""watchdog_cases{state="open"} 1""", lines);
        Assert.Contains("""watchdog_outbox_pending{receiver="owners"} 2""", lines);
        Assert.Contains("""watchdog_outbox_oldest_age_seconds{receiver="owners"} 75""", lines);
        Assert.Contains("watchdog_action_breaker_open 0", lines);
        Assert.Contains("""watchdog_leases_held{kind="shard"} 1""", lines);
        Assert.Contains(lines, line => line.StartsWith("watchdog_build_info{runtime=", StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal));
        Assert.DoesNotContain("\"i-", scrape, StringComparison.Ordinal);
        Assert.Equal((0, ""), await Promtool.CheckAsync(scrape));
    }

    [Fact]
    public async Task A_scrape_says_whether_the_worker_is_ready()
    {
        await using var worker = await Listener.OpenAsync();
        await Until.TrueAsync(async () => (await worker.AskAsync("/metrics")).Body.Contains("watchdog_ready 0", StringComparison.Ordinal));
        // Another worker is at work: this one stands by.
        await worker.Database.ExecuteAsync("insert into lease (name, epoch, owner, taken_at) values ('shard:2', 1, 'another', $1)", worker.Now);
        worker.Clock.Advance(TimeSpan.FromSeconds(15));
        await Until.TrueAsync(async () => (await worker.AskAsync("/metrics")).Body.Contains("watchdog_ready 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scrape_is_packed_for_who_takes_gzip_and_only_then()
    {
        await using var worker = await Listener.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.AcceptEncoding.ParseAdd("deflate, gzip;q=0.5");
        using var packed = await worker.Client.SendAsync(request);
        Assert.Equal(["gzip"], packed.Content.Headers.ContentEncoding);
        await using var unpacked = new GZipStream(await packed.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        Assert.StartsWith("# HELP ", await new StreamReader(unpacked).ReadToEndAsync(), StringComparison.Ordinal);

        using var refusing = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        refusing.Headers.AcceptEncoding.ParseAdd("gzip;q=0");
        using var plain = await worker.Client.SendAsync(refusing);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", plain.Content.Headers.ContentType?.ToString());
    }
}
