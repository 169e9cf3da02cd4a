using Watchdog.Http.Access;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Bulks;

public sealed class BulkPagesTests
{
    [Fact]
    public async Task A_filter_that_matches_nothing_and_one_that_cannot_be_one_act_on_nothing()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.AddCaseAsync("i-1");
        using var ann = await site.BrowseAsync(Role.Admin);
        foreach (var query in new[]
        {
            "?class=panic", "?owner=" + new string('x', 500), "?id=1&id=all", "?class=" + new string('x', 500), "?scope=70000", "?age=2d", "?ruling=false-positive", "?show=some", "?ownr=acme",
            "?selected=1",
        })
        {
            Assert.Contains("No case matches", (await ann.GetAsync("/cases/bulk" + query)).Body, StringComparison.Ordinal);
            var (status, _, _) = await ann.PostAsync("/cases/bulk", ("set", query), ("act", "release"), ("reason", "bad rule"), ("ruling", "false_positive"));
            Assert.Equal(422, status);
        }

        Assert.Equal(422, (await ann.PostAsync("/cases/bulk", ("set", "?id=1"), ("act", "free"), ("reason", "bad rule"), ("ruling", "false_positive"))).Status);
        Assert.Contains("Act on 1 case", (await ann.GetAsync("/cases/bulk?selected=1&id=1&show=open&class=&act=rule")).Body, StringComparison.Ordinal);
        Assert.Contains("Act on 1 case", (await ann.GetAsync("/cases/bulk?show=open&owner=acme&scope=1&ruling=none&assignee=none&q=i-&class=miner&state=open&detector=")).Body, StringComparison.Ordinal);
        Assert.Equal((0L, 0L), (await site.CountAsync("bulk"), await site.CountAsync("request")));
    }

    [Fact]
    public async Task All_that_match_are_shown_frozen_started_by_their_typed_count_and_taken_back()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.AddCasesAsync(30);
        await site.AddCaseAsync("i-other", owner: "other");
        using var ann = await site.BrowseAsync(Role.Admin);
        var draft = (await ann.GetAsync("/cases/bulk?owner=acme")).Body;
        Assert.Contains("Act on 30 cases", draft, StringComparison.Ordinal);
        var (status, _, answer) = await ann.PostAsync("/cases/bulk", ("set", "?owner=acme"), ("act", "release"), ("reason", "bad rule"), ("ruling", "false_positive"));
        Assert.Equal((303, "/bulk/1"), (status, answer.Headers.Location!.OriginalString));
        await site.AddCaseAsync("i-late");

        var frozen = (await ann.GetAsync("/bulk/1")).Body;
        Assert.Contains("Release, ruled false positive: bad rule", frozen, StringComparison.Ordinal);
        Assert.Contains("Type 30 to start it", frozen, StringComparison.Ordinal);
        Assert.Equal(422, (await ann.PostAsync("/bulk/1/start")).Status);
        Assert.Equal(422, (await ann.PostAsync("/bulk/1/start", ("typed", "31"))).Status);
        Assert.Equal(0, await site.CountAsync("request"));

        var starts = await Task.WhenAll(ann.PostAsync("/bulk/1/start", ("typed", "30")), ann.PostAsync("/bulk/1/start", ("typed", "30")));
        Assert.All(starts, start => Assert.Equal(303, start.Status));
        Assert.Equal(30, await site.CountAsync("request", "state in ('open', 'held')"));
        var running = (await ann.GetAsync("/bulk/1")).Body;
        Assert.Contains("30 waiting", running, StringComparison.Ordinal);
        Assert.Contains("Undo 30 cases", running, StringComparison.Ordinal);

        await site.Database.ExecuteAsync("update request set state = 'done', outcome = 'it is <i>released</i>' where case_id = 1");
        Assert.Equal(303, (await ann.PostAsync("/bulk/1/undo")).Status);
        var undone = (await ann.GetAsync("/bulk/1")).Body;
        Assert.Contains("1 done, 29 withdrawn", undone, StringComparison.Ordinal);
        Assert.Contains("it is &lt;i&gt;released", undone, StringComparison.Ordinal);
        Assert.DoesNotContain("Undo", undone, StringComparison.Ordinal);
        Assert.Contains("undone", (await ann.GetAsync("/bulk")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bulk_that_it_is_too_late_to_undo_goes_on_being_shown()
    {
        await using var site = await OpsSite.OpenAsync();
        var of = await site.AddCaseAsync("i-1");
        using var ann = await site.BrowseAsync(Role.Admin);
        var path = (await ann.PostAsync("/cases/bulk", ("set", $"?id={of}"), ("act", "rule"), ("reason", "looked"), ("ruling", "duplicate"))).Answer.Headers.Location!.OriginalString;
        await ann.PostAsync($"{path}/start");
        await site.Database.ExecuteAsync("update request set state = 'accepted'");
        var (status, body, _) = await ann.PostAsync($"{path}/undo");
        Assert.Equal(409, status);
        Assert.Contains("too late to undo", body, StringComparison.Ordinal);
        Assert.Contains($"hx-get=\"{path}\"", body, StringComparison.Ordinal);
        Assert.Equal(200, (await ann.GetAsync(path)).Status);
    }

    [Fact]
    public async Task An_operator_acts_on_up_to_twenty_five_cases_and_on_nobody_elses_set()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.AddCasesAsync(30);
        using var bob = await site.BrowseAsync(Role.Operator, "bob");
        Assert.Contains("an admin&#x27;s to act on", (await bob.GetAsync("/cases/bulk")).Body, StringComparison.Ordinal);
        await bob.PostAsync("/cases/bulk", ("set", ""), ("act", "rule"), ("reason", "looked"), ("ruling", "duplicate"));
        Assert.Equal(403, (await bob.PostAsync("/bulk/1/start", ("typed", "30"))).Status);

        await bob.PostAsync("/cases/bulk", ("set", "?id=3&id=4"), ("act", "hand-over"), ("reason", "yours"), ("name", "night shift"));
        using var ann = await site.BrowseAsync(Role.Admin);
        Assert.Equal(409, (await ann.PostAsync("/bulk/2/start")).Status);
        Assert.Equal(0, await site.CountAsync("request"));
        Assert.Equal(303, (await bob.PostAsync("/bulk/2/start")).Status);
        Assert.Equal(2, await site.CountAsync("request", "case_id in (3, 4) and kind = 'hand_over'"));

        using var eve = await site.BrowseAsync(Role.Viewer, "eve");
        var seen = (await eve.GetAsync("/bulk/2")).Body;
        Assert.Contains("2 waiting", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("/bulk/2/undo", seen, StringComparison.Ordinal);
        Assert.Equal(404, (await eve.GetAsync("/bulk/77")).Status);
    }
}
