using System.Text.Json.Nodes;
using Watchdog.Http.Keys;
using Watchdog.Tests.Cli;

namespace Watchdog.Tests.Reports.Api;

public class CaseApiTests
{
    [Fact]
    public async Task Cases_are_listed_newest_first_page_by_page_and_new_ones_shift_nothing()
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(5);
        var first = await site.GetAsync("/v1/cases?limit=2");
        Assert.Equal([5, 4], Ids(first));
        await site.Site.Database.ExecuteAsync(
            "insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version) values ('i-9', 1, 'o', 'miner', '2026-01-04T12:00Z', 'open', 0.9, 'why', 'v1')");
        var second = await site.GetAsync($"/v1/cases?limit=2&cursor={first.Json.GetProperty("next").GetString()}");
        Assert.Equal([3, 2], Ids(second));
        var last = await site.GetAsync($"/v1/cases?limit=2&cursor={second.Json.GetProperty("next").GetString()}");
        Assert.Equal([1], Ids(last));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, last.Json.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Filters_narrow_and_one_that_means_nothing_is_refused_by_name()
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(4);
        Assert.Equal([4, 2], Ids(await site.GetAsync("/v1/cases?class=runaway&open=true&owner=mallory")));
        Assert.Equal([3], Ids(await site.GetAsync("/v1/cases?vm=i-3")));
        Assert.Equal([4, 3], Ids(await site.GetAsync("/v1/cases?since=2026-01-04T00:03:00Z")));
        Assert.Empty(Ids(await site.GetAsync("/v1/cases?owner=nobody")));
        foreach (var (query, name) in new[] { ("class=worm", "class"), ("state=odd", "state"), ("limit=0", "limit"), ("limit=501", "limit"), ("cursor=x", "cursor"), ("open=perhaps", "open"), ("since=soon", "since"), ("ruling=odd", "ruling") })
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

    private static IEnumerable<long> Ids(ApiAnswer answer) => answer.Json.GetProperty("cases").EnumerateArray().Select(of => of.GetProperty("id").GetInt64());
}
