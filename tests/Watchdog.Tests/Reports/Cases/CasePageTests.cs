using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Http.Access;
using Watchdog.Telemetry;
using Watchdog.Telemetry.Streaming;
using Watchdog.Tests.Enforcement;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Cases;

public sealed class CasePageTests
{
    private const string Evil = "\"><script>alert(1)</script>\u202Egnp\u0007";

    [Fact]
    public async Task A_case_shows_what_speaks_for_and_against_what_was_done_and_how_it_is_undone()
    {
        await using var site = await OpsSite.OpenAsync();
        var id = await SeededCase.AddAsync(site);
        using var browser = await site.BrowseAsync(Role.Operator);

        var (status, page, answer) = await browser.GetAsync($"/cases/{id}");

        Assert.Equal(200, status);
        Assert.All(
            [
                "Process 7 (ordinary) runs with a miner", "for, decisive", "against", "The disk is busy with it.", "escalates at", "sg-before", "sg-contained", "connections that are open now",
                "xmrig", "a miner&#x27;s name (xmrig)", "runs from a temporary folder", "appeared: process 7", "went: process 12", "last line of the console", "<svg", "id=\"curves\"",
                $"href=\"/cases/{id}/release?back=", "data-key=\"r\"", "quarantine verified",
            ],
            words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(page.Length < 100_000, $"{page.Length} characters");
    }

    [Fact]
    public async Task Whatever_a_stranger_wrote_is_shown_and_not_obeyed()
    {
        await using var site = await OpsSite.OpenAsync();
        var id = await SeededCase.AddAsync(site, owner: Evil, text: Evil);
        await site.Database.ExecuteAsync("insert into appeal (case_id, at, words, due_at) values ($1, $2, $3, $2)", id, site.Now, Evil);
        using var browser = await site.BrowseAsync(Role.Admin);

        foreach (var path in new[] { $"/cases/{id}", $"/vms/{SeededCase.Vm}", "/vms?q=" + Uri.EscapeDataString("\"><script>") })
        {
            var (status, page, _) = await browser.GetAsync(path);

            Assert.Equal(200, status);
            Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\u202E', page);
            Assert.DoesNotContain('\u0007', page);
            Assert.DoesNotContain("&#x202E;", page, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task What_was_kept_is_plain_text_whatever_type_it_bears_and_belongs_to_its_case()
    {
        await using var site = await OpsSite.OpenAsync();
        var (id, other) = (await SeededCase.AddAsync(site, text: Evil), await SeededCase.AddAsync(site, vm: "i-0000000000000bbbb"));
        using var browser = await site.BrowseAsync(Role.Viewer);

        var (status, _, answer) = await browser.GetAsync($"/cases/{id}/exhibits/1");

        Assert.Equal((200, "text/plain"), (status, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(404, (await browser.GetAsync($"/cases/{other}/exhibits/1")).Status);
    }

    [Fact]
    public async Task A_viewer_reads_and_is_offered_no_act()
    {
        await using var site = await OpsSite.OpenAsync();
        var id = await SeededCase.AddAsync(site);
        using var browser = await site.BrowseAsync(Role.Viewer);

        var (status, page, _) = await browser.GetAsync($"/cases/{id}");

        Assert.Equal(200, status);
        Assert.DoesNotContain("data-acts", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_whose_vm_is_gone_or_was_never_listed_still_shows()
    {
        await using var site = await OpsSite.OpenAsync();
        var id = await SeededCase.AddAsync(site);
        using var browser = await site.BrowseAsync(Role.Viewer);
        await site.Database.ExecuteAsync("update vm set gone_at = $1", site.Now);
        Assert.Contains("The VM is gone since", (await browser.GetAsync($"/cases/{id}")).Body, StringComparison.Ordinal);
        await site.Database.ExecuteAsync("delete from vm");

        var (status, page, _) = await browser.GetAsync($"/cases/{id}");

        Assert.Equal(200, status);
        Assert.Contains("or was never listed", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_of_which_nothing_but_its_row_is_there_still_shows()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.Database.ExecuteAsync(
            "insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version) values ('i-9', 1, 'bob', 'newclass', $1, 'open', 0.5, 'r', '1')", site.Now);
        using var browser = await site.BrowseAsync(Role.Viewer);

        var (status, page, _) = await browser.GetAsync("/cases/1");

        Assert.Equal(200, status);
        Assert.Contains("Nothing was done and nothing is proposed.", page, StringComparison.Ordinal);
        Assert.Contains("No point was kept of CPU, network, disk, CPU credits.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_a_way_back_to_the_queue_that_the_reader_came_from_and_on_through_it()
    {
        await using var site = await OpsSite.OpenAsync();
        var first = await SeededCase.AddAsync(site, vm: "i-0000000000000aaa1", score: 0.99);
        var middle = await SeededCase.AddAsync(site, vm: "i-0000000000000aaa2", score: 0.95);
        var others = await SeededCase.AddAsync(site, vm: "i-0000000000000aaa3", owner: "bob", score: 0.94);
        var last = await SeededCase.AddAsync(site, vm: "i-0000000000000aaa4", score: 0.9);
        using var browser = await site.BrowseAsync(Role.Viewer);

        var all = (await browser.GetAsync($"/cases/{middle}")).Body;
        var hers = (await browser.GetAsync($"/cases/{middle}?back={Uri.EscapeDataString("/cases?owner=alice")}")).Body;
        var away = (await browser.GetAsync($"/cases/{middle}?back={Uri.EscapeDataString("//evil.example/")}")).Body;

        Assert.Contains($"rel=\"prev\" href=\"/cases/{first}\"", all, StringComparison.Ordinal);
        Assert.Contains($"rel=\"next\" href=\"/cases/{others}\"", all, StringComparison.Ordinal);
        Assert.Contains("rel=\"up\" href=\"/cases?owner=alice\"", hers, StringComparison.Ordinal);
        Assert.Contains($"rel=\"next\" href=\"/cases/{last}?back=%2Fcases%3Fowner%3Dalice\"", hers, StringComparison.Ordinal);
        Assert.Contains("rel=\"up\" href=\"/cases\"", away, StringComparison.Ordinal);
        Assert.Contains("same owner, image, technique", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disk_credits_and_the_usual_band_are_those_that_were_frozen_and_what_nobody_read_is_named()
    {
        await using var site = await OpsSite.OpenAsync();
        var id = await SeededCase.AddAsync(site);
        using var browser = await site.BrowseAsync(Role.Viewer);
        var bare = (await browser.GetAsync($"/cases/{id}")).Body;
        var start = DateTimeOffset.FromUnixTimeSeconds(site.Now.AddHours(-20).ToUnixTimeSeconds() / 300 * 300);
        Points Of(float value) => new(start, 300, [.. Enumerable.Repeat(value, 200)]);
        await site.Database.ExecuteAsync(
            "update evidence set context = $1::text::jsonb, baseline = $2", FrozenJson.Write(new KeptContext(Of(4), Of(2_000), Points.None, Of(70), Of(144))), Hours(12));
        await site.Database.ExecuteAsync("insert into vm_baseline (instance_id, hours, until) values ($1, $2, $3)", SeededCase.Vm, Hours(77), site.Now);

        var kept = (await browser.GetAsync($"/cases/{id}")).Body;

        Assert.Contains("No point was kept of network, disk, CPU credits.", bare, StringComparison.Ordinal);
        Assert.Contains("usually lay was not kept with the evidence", bare, StringComparison.Ordinal);
        Assert.DoesNotContain("No point was kept of", kept, StringComparison.Ordinal);
        Assert.Contains("data-curves=\"disk\"", kept, StringComparison.Ordinal);
        Assert.Contains("data-curves=\"credits\"", kept, StringComparison.Ordinal);
        Assert.Contains("usually lay by then, 12 to 12 %", kept, StringComparison.Ordinal);
        Assert.Contains("205 were frozen with the evidence", kept, StringComparison.Ordinal);
    }

    private static byte[] Hours(float level)
    {
        float[] hours = [.. Enumerable.Repeat(level, Baseline.Hours)];
        var bytes = new byte[BaselineCodec.Size];
        BaselineCodec.Encode(new Baseline(hours, hours, 480_000), bytes);
        return bytes;
    }

    [Fact]
    public async Task CloudWatch_is_asked_when_somebody_wants_it_and_not_before()
    {
        await using var site = await OpsSite.OpenAsync();
        var id = await SeededCase.AddAsync(site);
        using var browser = await site.BrowseAsync(Role.Viewer);

        var kept = (await browser.GetAsync($"/cases/{id}")).Body;
        var before = site.Get<FakeMetrics>().Billed;
        // The scope of the case is the one that is configured.
        await site.Database.ExecuteAsync("update scope set key = 'default/eu-west-1'");
        var filled = (await browser.GetAsync($"/cases/{id}?fill=1")).Body;

        Assert.Contains("Of 312 points of the CPU, 5 were frozen with the evidence;", kept, StringComparison.Ordinal);
        Assert.Equal((0, 8), (before, site.Get<FakeMetrics>().Billed));
        Assert.Contains("307 of CloudWatch", filled, StringComparison.Ordinal);
        Assert.DoesNotContain("Ask CloudWatch", filled, StringComparison.Ordinal);
        Assert.DoesNotContain("fill=1\" hx-trigger", filled, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_metric_stream_has_delivered_is_shown_at_once()
    {
        await using var site = await OpsSite.OpenAsync();
        var id = await SeededCase.AddAsync(site);
        var ring = new byte[PointRing.Size];
        PointRing.Put(ring, PointRing.PeriodOf(site.Now.AddMinutes(-60)), 42, 5, PointRing.Whole);
        PointRing.Put(ring, PointRing.PeriodOf(site.Now.AddMinutes(-65)), 41, 5, PointRing.Whole);
        await site.Get<WindowTable>().MergeAsync([new StreamedWindow(1, SeededCase.Vm, Metric.CPUUtilization, ring)], null, default);
        using var browser = await site.BrowseAsync(Role.Viewer);

        var (_, page, _) = await browser.GetAsync($"/cases/{id}");

        Assert.Contains("5 were frozen with the evidence, 2 are of the metric stream; nobody knows the others.", page, StringComparison.Ordinal);
        Assert.Equal(0, site.Get<FakeMetrics>().Billed);
    }

    [Theory]
    [InlineData("/cases/4711")]
    [InlineData("/cases/4711/exhibits/1")]
    [InlineData("/cases/x")]
    [InlineData("/cases/99999999999999999999")]
    public async Task What_is_not_there_is_said_so(string path)
    {
        await using var site = await OpsSite.OpenAsync();
        using var browser = await site.BrowseAsync(Role.Viewer);

        Assert.Equal(404, (await browser.GetAsync(path)).Status);
    }
}
