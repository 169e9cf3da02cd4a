using Watchdog.Http.Keys;

namespace Watchdog.Tests.Reports.Api;

public class BulkApiTests
{
    private const string Open = """{"act":"rule","reason":"a bad rule","ruling":"false_positive","where":{"owner":"mallory"}}""";

    [Fact]
    public async Task The_set_is_frozen_shown_started_and_taken_back()
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(3);
        var frozen = await site.PostAsync("/v1/bulk", Open);
        Assert.Equal((201, 3, "/v1/bulk/1"), (frozen.Status, frozen.Json.GetProperty("cases").GetInt32(), frozen.Answer.Headers.Location!.OriginalString));
        var page = await site.GetAsync("/v1/bulk/1/items?limit=2");
        Assert.Equal((2, 2), (page.Json.GetProperty("items").GetArrayLength(), page.Json.GetProperty("next").GetInt64()));

        var started = await site.PostAsync("/v1/bulk/1/start", "{}");
        Assert.Equal((200, 3), (started.Status, started.Json.GetProperty("counts").GetProperty("open").GetInt32()));
        var undone = await site.PostAsync("/v1/bulk/1/undo", "{}");
        Assert.Equal((200, 3), (undone.Status, undone.Json.GetProperty("counts").GetProperty("withdrawn").GetInt32()));
        Assert.Equal(3, (await site.GetAsync("/v1/bulk/1")).Json.GetProperty("counts").GetProperty("withdrawn").GetInt32());
        Assert.Equal(404, (await site.GetAsync("/v1/bulk/2")).Status);
    }

    [Fact]
    public async Task Above_25_cases_it_takes_an_admin_and_their_count()
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(26);
        await site.PostAsync("/v1/bulk", Open);
        Assert.Equal(403, (await site.PostAsync("/v1/bulk/1/start", """{"count":26}""")).Status);
        await site.PostAsync("/v1/bulk", Open, KeyScopes.OpsAdmin);
        Assert.Contains("type 26", (await site.PostAsync("/v1/bulk/2/start", """{"count":25}""", KeyScopes.OpsAdmin)).Detail, StringComparison.Ordinal);
        Assert.Equal(200, (await site.PostAsync("/v1/bulk/2/start", """{"count":26}""", KeyScopes.OpsAdmin)).Status);
    }

    [Theory]
    [InlineData("""{"act":"release","reason":"why"}""", "cases")]
    [InlineData("""{"act":"release","reason":"why","cases":[1],"where":{}}""", "cases")]
    [InlineData("""{"act":"explode","reason":"why","cases":[1]}""", "explode")]
    [InlineData("""{"act":"release","reason":"why","cases":[7]}""", "No case matches")]
    [InlineData("""{"act":"release","reason":"why","where":{"color":"red"}}""", "where.color")]
    public async Task A_set_that_means_nothing_is_refused(string body, string word)
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(1);
        var refused = await site.PostAsync("/v1/bulk", body);
        Assert.Equal(422, refused.Status);
        Assert.Contains(word, refused.Detail, StringComparison.Ordinal);
    }
}
