using Watchdog.Http.Access;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Queue;

public sealed class ViewTests
{
    [Fact]
    public async Task A_view_is_its_savers_alone_keeps_what_a_filter_means_and_goes_when_it_is_deleted()
    {
        await using var site = await OpsSite.OpenAsync();
        using var ann = await site.BrowseAsync(Role.Viewer);
        Assert.Equal("/cases?class=miner&state=open", (await ann.PostAsync("/views", ("query", "?class=miner&state=open&page=4&to=//evil"), ("name", "<i>miners"))).Answer.Headers.Location!.OriginalString.Replace("&page=4", "", StringComparison.Ordinal));
        var queue = (await ann.GetAsync("/cases")).Body;
        Assert.Contains("<a href=\"/cases?class=miner&amp;state=open\">&lt;i&gt;miners</a>", queue, StringComparison.Ordinal);
        await ann.PostAsync("/views", ("query", "?class=panic"), ("name", "<i>miners"));
        Assert.Equal(1, await site.CountAsync("saved_view", "href = '/cases?class=panic'"));
        Assert.Equal(422, (await ann.PostAsync("/views", ("query", "?class=panic"), ("name", " "))).Status);

        using var bob = await site.BrowseAsync(Role.Admin, "bob");
        Assert.DoesNotContain("miners", (await bob.GetAsync("/cases")).Body, StringComparison.Ordinal);
        await bob.PostAsync("/views/1/delete");
        Assert.Equal(1, await site.CountAsync("saved_view"));
        Assert.Equal(303, (await ann.PostAsync("/views/1/delete", ("back", "/cases"))).Status);
        Assert.Equal(0, await site.CountAsync("saved_view"));
    }

    [Fact]
    public async Task Nobody_keeps_more_than_thirty_views()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.Database.ExecuteAsync("insert into saved_view (person, name, href, at) select 'ann', 'view ' || n, '/cases?age=' || n, $1 from generate_series(1, 30) n", site.Now);
        using var ann = await site.BrowseAsync(Role.Viewer);
        Assert.Equal(422, (await ann.PostAsync("/views", ("query", "?class=panic"), ("name", "one more"))).Status);
        Assert.Equal(303, (await ann.PostAsync("/views", ("query", "?class=panic"), ("name", "view 7"))).Status);
        Assert.Equal(30, await site.CountAsync("saved_view"));
    }

    [Fact]
    public async Task The_queue_shows_who_has_a_case_and_narrows_to_them_or_to_what_nobody_has()
    {
        await using var site = await OpsSite.OpenAsync();
        var taken = await site.AddCaseAsync("i-taken");
        await site.AddCaseAsync("i-free");
        await site.Database.ExecuteAsync("update case_file set assignee = '<night> shift' where id = $1", taken);
        using var ann = await site.BrowseAsync(Role.Viewer);
        var all = (await ann.GetAsync("/cases")).Body;
        Assert.Contains("&lt;night&gt; shift has it", all, StringComparison.Ordinal);
        var theirs = (await ann.GetAsync("/cases?assignee=%3Cnight%3E%20shift")).Body;
        Assert.Contains("i-taken", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain("i-free", theirs, StringComparison.Ordinal);
        var nobodys = (await ann.GetAsync("/cases?assignee=none")).Body;
        Assert.Contains("i-free", nobodys, StringComparison.Ordinal);
        Assert.DoesNotContain("i-taken", nobodys, StringComparison.Ordinal);
    }
}
