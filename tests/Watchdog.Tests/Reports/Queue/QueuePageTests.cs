using System.Text.RegularExpressions;
using Watchdog.Http.Access;
using Watchdog.Reports.Queue;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Queue;

public sealed partial class QueuePageTests
{
    private const string Evil = "\"><script>alert(1)</script>\u202Egnp\u001B[31mred\u0007";

    [Fact]
    public async Task The_worst_class_comes_first_then_the_surest_verdict_then_the_oldest_case()
    {
        await using var site = await OpsSite.OpenAsync();
        var runaway = await AddAsync(site, "i-1", "runaway", 0.99, 9);
        var doubtful = await AddAsync(site, "i-2", "miner", 0.81, 9);
        var young = await AddAsync(site, "i-3", "miner", 0.97, 1);
        var old = await AddAsync(site, "i-4", "miner", 0.97, 5);
        var fork = await AddAsync(site, "i-5", "forkbomb", 0.8, 1);
        using var ann = await site.BrowseAsync(Role.Viewer);

        Assert.Equal(
            QueueOrder.Classes.SelectMany(name => name switch { "miner" => (long[])[old, young, doubtful], "forkbomb" => [fork], "runaway" => [runaway], _ => [] }),
            Shown((await ann.GetAsync("/cases")).Body));
        Assert.Equal([old, young, doubtful], Shown((await ann.GetAsync("/cases?class=miner")).Body));
    }

    [Fact]
    public async Task A_page_goes_on_where_the_one_before_ended_also_from_class_to_class()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.AddCasesAsync(70);
        await site.Database.ExecuteAsync("update case_file set class = (array['miner', 'runaway', 'panic'])[1 + id % 3], score = 0.8 + id % 7 / 100.0");
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (first, second, third) = ((await ann.GetAsync("/cases")).Body, (await ann.GetAsync("/cases?page=2")).Body, (await ann.GetAsync("/cases?page=3")).Body);

        var classes = QueueOrder.Classes;
        await using var command = site.Database.Source.CreateCommand("select array_agg(id order by array_position($1, class), score desc, opened_at, id) from case_file");
        command.Parameters.Add(new() { Value = classes });
        Assert.Equal((IEnumerable<long>)(long[])(await command.ExecuteScalarAsync())!, [.. Shown(first), .. Shown(second)]);
        Assert.Equal((50, 20, 0), (Shown(first).Length, Shown(second).Length, Shown(third).Length));
        Assert.Contains("Page 1 of 2", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_leads_to_those_right_before_and_after_it_in_the_queue_that_it_was_reached_from()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.AddCasesAsync(12);
        await site.Database.ExecuteAsync("update case_file set class = (array['miner', 'runaway', 'panic'])[1 + id % 3], score = 0.8 + id % 2 / 100.0, owner = 'owner-' || id % 2");
        using var ann = await site.BrowseAsync(Role.Viewer);

        foreach (var queue in new[] { "/cases", "/cases?owner=owner-1" })
        {
            var ids = Shown((await ann.GetAsync(queue)).Body);
            for (var i = 0; i < ids.Length; i++)
            {
                var page = (await ann.GetAsync($"/cases/{ids[i]}?back={Uri.EscapeDataString(queue)}")).Body;
                Assert.Equal((i == 0 ? null : ids[i - 1], i == ids.Length - 1 ? null : ids[i + 1]), (Neighbour(page, "prev"), Neighbour(page, "next")));
            }
        }
    }

    [Fact]
    public async Task A_filter_that_matches_nothing_says_so_and_one_that_cannot_be_meant_matches_nothing()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.AddCaseAsync("i-1");
        using var ann = await site.BrowseAsync(Role.Operator);

        foreach (var query in new[] { "?owner=nobody", "?class=nothing", "?state=confirmed&scope=9", "?ruling=duplicate", "?q=i-2", "?age=100000", "?owner=" + new string('x', 201) })
        {
            var (status, page, _) = await ann.GetAsync("/cases" + query);

            Assert.Equal(200, status);
            Assert.Contains("No case matches this filter.", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Act on all that match", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_case_is_found_by_each_filter_that_all_of_them_match()
    {
        await using var site = await OpsSite.OpenAsync();
        long[] all = [await site.AddCaseAsync("i-1"), await site.AddCaseAsync("i-2")];
        using var ann = await site.BrowseAsync(Role.Viewer);

        foreach (var query in new[]
        {
            "", "?class=", "?show=all", "?class=miner&state=open&owner=acme&scope=1&age=1&detector=miner&ruling=none&assignee=none&q=i-", "?q=acm", "?show=nonsense&age=x&scope=y&page=z&ruling=w",
        })
        {
            Assert.Equal(all, Shown((await ann.GetAsync("/cases" + query)).Body).Order());
        }
    }

    [Fact]
    public async Task Closed_cases_and_those_of_another_class_that_was_found_too_are_in_the_queue_where_it_is_asked_for_them()
    {
        await using var site = await OpsSite.OpenAsync();
        var (open, closed) = (await site.AddCaseAsync("i-1"), await site.AddCaseAsync("i-2", state: "released"));
        var episode = await site.Database.ScalarAsync<long>(
            "insert into episode (instance_id, scope, shard, class, onset, opened_at, score, reason) values ('i-1', 1, 0, 'runaway', $1, $1, 0.8, 'it spins') returning id", site.Now);
        await site.Database.ExecuteAsync(
            "insert into case_episode (case_id, episode_id, class, onset, joined_at, score, reason, finding) values ($1, $2, 'runaway', $3, $3, 0.8, 'it spins', '{}')", open, episode, site.Now);
        using var ann = await site.BrowseAsync(Role.Viewer);

        Assert.Equal([open], Shown((await ann.GetAsync("/cases")).Body));
        Assert.Equal([closed], Shown((await ann.GetAsync("/cases?show=closed")).Body));
        Assert.Equal([open, closed], Shown((await ann.GetAsync("/cases?show=all")).Body).Order());
        Assert.Equal([open], Shown((await ann.GetAsync("/cases?detector=runaway")).Body));
        Assert.Empty(Shown((await ann.GetAsync("/cases?class=runaway")).Body));
    }

    [Fact]
    public async Task What_a_guest_or_an_owner_wrote_is_shown_and_not_obeyed()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.AddCaseAsync("i-1", owner: Evil, reason: $"Process 7 ({Evil}) mines.");
        using var ann = await site.BrowseAsync(Role.Operator, Evil);

        foreach (var path in new[] { "/cases", "/cases?q=" + Uri.EscapeDataString(Evil), "/cases?owner=" + Uri.EscapeDataString(Evil), "/cases?class=" + Uri.EscapeDataString(Evil), "/cases?detector=" + Uri.EscapeDataString(Evil) })
        {
            var (status, page, _) = await ann.GetAsync(path);

            Assert.Equal(200, status);
            Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\u202E', page);
            Assert.DoesNotContain('\u001B', page);
            Assert.DoesNotContain('\u0007', page);
        }

        Assert.Contains("\\u{202E}gnp", (await ann.GetAsync("/cases")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_kept_for_two_seconds_and_read_anew_at_once_where_the_log_has_grown()
    {
        await using var site = await OpsSite.OpenAsync();
        var first = await site.AddCaseAsync("i-1");
        await site.RefreshAsync();
        using var ann = await site.BrowseAsync(Role.Viewer);
        Assert.Equal([first], await QueueAsync());

        // No event tells of these: only time shows them.
        var second = await site.AddCaseAsync("i-2");
        site.Clock.Advance(TimeSpan.FromSeconds(1.9));
        await site.RefreshAsync();
        Assert.Equal([first], await QueueAsync());
        Assert.Equal([first, second], (await QueueAsync("/cases?q=i-")).Order());
        site.Clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal([first, second], (await QueueAsync()).Order());

        var third = await site.AddCaseAsync("i-3");
        await site.Database.ExecuteAsync("insert into event (at, kind, subject, data) values ($1, 'case.opened', 'case:3', '{}')", site.Now);
        await site.RefreshAsync();
        Assert.Equal([first, second, third], (await QueueAsync()).Order());

        async Task<long[]> QueueAsync(string path = "/cases") => Shown((await ann.GetAsync(path)).Body);
    }

    [Fact]
    public async Task However_many_ask_for_a_page_at_once_it_is_read_once()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.AddCaseAsync("i-1");
        var cache = site.Get<QueueCache>();

        var asked = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => cache.ReadAsync(new QueueFilter(), default))));

        Assert.Single(asked.Distinct());
    }

    [Fact]
    public async Task A_reading_that_failed_is_not_kept()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.AddCaseAsync("i-1");
        var cache = site.Get<QueueCache>();
        await site.Database.ExecuteAsync("alter table scope rename to scope_away");
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => cache.ReadAsync(new QueueFilter(), default));
        await site.Database.ExecuteAsync("alter table scope_away rename to scope");

        Assert.Equal(1, (await cache.ReadAsync(new QueueFilter(), default)).Total);
    }

    private static async Task<long> AddAsync(OpsSite site, string vm, string found, double score, int hours)
    {
        var id = await site.AddCaseAsync(vm, found: found);
        await site.Database.ExecuteAsync("update case_file set score = $2, opened_at = $3 where id = $1", id, score, site.Now.AddHours(-hours));
        return id;
    }

    private static long[] Shown(string page) => [.. Line().Matches(page).Select(match => long.Parse(match.Groups[1].Value, null))];

    private static long? Neighbour(string page, string rel) =>
        Regex.Match(page, $"<a [^>]*rel=\"{rel}\"[^>]*>") is { Success: true } link ? long.Parse(Regex.Match(link.Value, @"/cases/(\d+)").Groups[1].Value, null) : null;

    [GeneratedRegex("data-case=\"(\\d+)\"")]
    private static partial Regex Line();
}
