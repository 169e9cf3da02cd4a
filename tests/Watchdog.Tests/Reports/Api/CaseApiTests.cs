using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Watchdog.Http.Keys;
using Watchdog.Tests.Cli;

namespace Watchdog.Tests.Reports.Api;

public partial class CaseApiTests
{
    [Fact]
    public async Task Cases_are_listed_newest_first_page_by_page_and_new_ones_shift_nothing()
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(5);
        var first = await site.GetAsync("/v1/cases?order=newest&limit=2");
        Assert.Equal([5, 4], Ids(first));
        await AddAsync(site, "i-9", "miner", 0.9);
        var second = await site.GetAsync($"/v1/cases?order=newest&limit=2&cursor={Next(first)}");
        Assert.Equal([3, 2], Ids(second));
        var last = await site.GetAsync($"/v1/cases?order=newest&limit=2&cursor={Next(second)}");
        Assert.Equal([1], Ids(last));
        Assert.Null(Next(last));
        Assert.Equal(400, (await site.GetAsync($"/v1/cases?order=worst&cursor={Next(first)}")).Status);
    }

    [Fact]
    public async Task Open_cases_come_worst_first_page_by_page_and_none_twice_whatever_comes_or_goes()
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(5);
        await AddAsync(site, "i-6", "miner", 0.97);
        var first = await site.GetAsync("/v1/cases?limit=2");
        Assert.Equal([6, 1], Ids(first));
        await AddAsync(site, "i-7", "miner", 0.99);
        await site.Site.Database.ExecuteAsync("update case_file set state = 'closed', closed_at = opened_at where id = 1");
        var second = await site.GetAsync($"/v1/cases?limit=2&cursor={Next(first)}");
        Assert.Equal([3, 5], Ids(second));
        var last = await site.GetAsync($"/v1/cases?limit=2&cursor={Next(second)}");
        Assert.Equal([2, 4], Ids(last));
        Assert.Null(Next(last));
        Assert.Equal(400, (await site.GetAsync($"/v1/cases?order=newest&cursor={Next(first)}")).Status);
    }

    [Fact]
    public async Task A_queues_address_narrows_here_as_it_does_there_in_the_same_order()
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(6);
        await site.Site.Database.ExecuteAsync("update case_file set state = 'closed', closed_at = opened_at where id = 2");
        await site.Site.Database.ExecuteAsync("update case_file set assignee = 'team b', state = 'confirmed', owner = 'alice', opened_at = opened_at + interval '20 hours' where id = 3");
        await site.Site.Database.ExecuteAsync("insert into ruling (case_id, at, ruling, actor, reason) values (4, $1, 'false_positive', 'ann', 'why')", site.Site.Now);
        using var browser = await site.Site.BrowseAsync(Watchdog.Http.Access.Role.Viewer);
        foreach (var query in new[]
        {
            "", "class=runaway", "state=confirmed", "owner=alice", "scope=1", "scope=2", "age=12", "detector=miner", "ruling=none", "ruling=false_positive", "assignee=none", "assignee=team%20b", "q=i-3",
            "q=mall", "show=open&class=&state=&q=", "class=miner&age=12&q=mal",
        })
        {
            var shown = QueueLink().Matches((await browser.GetAsync($"/cases?{query}")).Body).Select(match => long.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct();
            Assert.True(shown.SequenceEqual(Ids(await site.GetAsync($"/v1/cases?{query}"))), query);
        }

        Assert.Equal([2], Ids(await site.GetAsync("/v1/cases?show=closed")));
        Assert.Equal([3, 6, 5, 4, 2, 1], Ids(await site.GetAsync("/v1/cases?show=all")));
    }

    [Fact]
    public async Task Filters_narrow_and_one_that_means_nothing_is_refused_by_name()
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(4);
        Assert.Equal([2, 4], Ids(await site.GetAsync("/v1/cases?class=runaway&owner=mallory")));
        Assert.Equal([3], Ids(await site.GetAsync("/v1/cases?vm=i-3")));
        Assert.Equal([3, 4], Ids(await site.GetAsync("/v1/cases?since=2026-01-04T00:03:00Z")));
        Assert.Empty(Ids(await site.GetAsync("/v1/cases?owner=nobody")));
        foreach (var (query, name) in new[]
        {
            ("class=worm", "class"), ("detector=worm", "detector"), ("state=odd", "state"), ("limit=0", "limit"), ("limit=501", "limit"), ("cursor=x", "cursor"), ("show=perhaps", "show"),
            ("since=soon", "since"), ("ruling=odd", "ruling"), ("age=0", "age"), ("age=old", "age"), ("order=odd", "order"), ($"q={new string('i', 201)}", "q"),
        })
        {
            var refused = await site.GetAsync($"/v1/cases?{query}");
            Assert.Equal((400, "application/problem+json"), (refused.Status, refused.Answer.Content.Headers.ContentType!.MediaType));
            Assert.Contains(name, refused.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_case_is_shown_as_the_command_shows_it_and_its_version_is_its_tag()
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(1);
        var shown = await site.GetAsync("/v1/cases/1");
        Assert.Equal("\"1\"", shown.Answer.Headers.ETag!.Tag);
        var printed = await CliRun.OnAsync(site.Site.Database, "cases", "show", "1", "--json");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(printed.Output), JsonNode.Parse(shown.Json.GetRawText())), shown.Json.GetRawText());
        Assert.Equal(404, (await site.GetAsync("/v1/cases/2")).Status);
        Assert.Equal(404, (await site.GetAsync("/v1/cases/x")).Status);
    }

    [Fact]
    public async Task What_is_asked_for_is_a_request_and_asked_twice_under_a_key_it_is_one()
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(1);
        const string Body = """{"reason":"a test","ruling":"false_positive"}""";
        (string, string)[] headers = [("If-Match", "\"1\""), ("Idempotency-Key", "k1")];
        var asked = await site.PostAsync("/v1/cases/1/release", Body, KeyScopes.OpsAct, headers);
        Assert.Equal((202, "/v1/requests/1", "release", "API key 2"), (asked.Status, asked.Answer.Headers.Location!.OriginalString, asked.Json.GetProperty("kind").GetString(), asked.Json.GetProperty("actor").GetString()));

        // The case has moved since: the same is answered with what was asked then.
        await site.Site.Database.ExecuteAsync("update case_file set version = 2");
        var again = await site.PostAsync("/v1/cases/1/release", Body, KeyScopes.OpsAct, headers);
        Assert.Equal((200, 1), (again.Status, again.Json.GetProperty("id").GetInt64()));
        var other = await site.PostAsync("/v1/cases/1/release", """{"reason":"another"}""", KeyScopes.OpsAct, headers);
        Assert.Equal(409, other.Status);
        Assert.Equal("open", (await site.GetAsync("/v1/requests/1")).Json.GetProperty("state").GetString());
        Assert.Equal(404, (await site.GetAsync("/v1/requests/2")).Status);
    }

    [Theory]
    [InlineData("release", """{"reason":"why","version":2}""", 409, "version 1")]
    [InlineData("release", """{"reason":"why"}""", 428, "version")]
    [InlineData("release", """{"reason":" ","version":1}""", 422, "reason")]
    [InlineData("release", """{"reason":"why","version":1,"urgent":true}""", 422, "urgent")]
    [InlineData("release", """{"reason":7,"version":1}""", 422, "reason")]
    [InlineData("release", """{"reason":"why","version":"one"}""", 422, "version")]
    [InlineData("release", """{"reason":"why" """, 422, "no JSON")]
    [InlineData("release", "null", 422, "null")]
    [InlineData("release", "[]", 422, "no JSON")]
    [InlineData("confirm", """{"reason":"why","ruling":"odd","version":1}""", 422, "ruling")]
    [InlineData("extend", """{"reason":"why","version":1}""", 422, "extension")]
    [InlineData("rule", """{"reason":"why","version":1}""", 422, "ruling")]
    [InlineData("hand-over", """{"reason":"why","version":1}""", 422, "handed to somebody")]
    public async Task A_body_that_means_nothing_is_refused_by_its_field_and_nothing_is_asked_for(string act, string body, int status, string word)
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(1);
        var refused = await site.PostAsync($"/v1/cases/1/{act}", body);
        Assert.Equal(status, refused.Status);
        Assert.Contains(word, refused.Detail, StringComparison.Ordinal);
        Assert.Equal(404, (await site.GetAsync("/v1/requests/1")).Status);
    }

    [Fact]
    public async Task Each_act_is_asked_for_by_its_own_body()
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(1);
        foreach (var (act, body) in new[]
        {
            ("confirm", """{"reason":"why","version":1}"""), ("extend", """{"reason":"why","minutes":60,"version":1}"""),
            ("rule", """{"reason":"why","ruling":"benign_positive","version":1}"""), ("hand-over", """{"reason":"why","assignee":"team b","version":1}"""),
        })
        {
            Assert.Equal(202, (await site.PostAsync($"/v1/cases/1/{act}", body)).Status);
        }

        Assert.Equal(202, (await site.PostAsync("/v1/cases/1/rule", """{"reason":"why","ruling":"duplicate"}""", KeyScopes.OpsAct, ("If-Match", "*"))).Status);
        Assert.Equal(404, (await site.PostAsync("/v1/cases/9/confirm", """{"reason":"why","version":1}""")).Status);
    }

    [Fact]
    public async Task A_key_that_reads_changes_nothing_and_what_is_no_JSON_is_refused()
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(1);
        Assert.Equal(403, (await site.PostAsync("/v1/cases/1/release", """{"reason":"why","version":1}""", KeyScopes.OpsRead)).Status);
        using var form = new FormUrlEncodedContent([new("reason", "why")]);
        Assert.Equal(415, (await site.SendAsync(HttpMethod.Post, "/v1/cases/1/release", KeyScopes.OpsAct, form)).Status);
    }

    private static Task<int> AddAsync(ApiSite site, string vm, string found, double score) => site.Site.Database.ExecuteAsync(
        "insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version) values ($1, 1, 'o', $2, '2026-01-04T12:00Z', 'open', $3, 'why', 'v1')", vm, found, score);

    private static string? Next(ApiAnswer answer) => answer.Json.GetProperty("next").GetString();

    private static IEnumerable<long> Ids(ApiAnswer answer) => answer.Json.GetProperty("cases").EnumerateArray().Select(of => of.GetProperty("id").GetInt64());

    [GeneratedRegex("<a [^>]*href=\"/cases/([0-9]+)")]
    private static partial Regex QueueLink();
}
