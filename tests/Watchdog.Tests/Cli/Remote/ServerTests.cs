using Watchdog.Cli;
using Watchdog.Cli.Remote;
using Watchdog.Http.Keys;
using Watchdog.Tests.Reports.Api;

namespace Watchdog.Tests.Cli.Remote;

/// <summary>The commands about cases, through a worker's API: they print what they print over the database.</summary>
public sealed class ServerTests : IDisposable
{
    [Theory]
    [InlineData("cases", "list")]
    [InlineData("cases", "list", "--json")]
    [InlineData("cases", "list", "--class", "runaway", "--open", "--limit", "1")]
    [InlineData("cases", "show", "1")]
    [InlineData("cases", "show", "1", "--json")]
    public async Task Either_way_the_same_is_printed(params string[] words)
    {
        await using var site = await OpenAsync();
        await site.AddCasesAsync(3);
        await site.PostAsync("/v1/cases/1/release", """{"reason":"a test","version":1}""");
        await site.Site.Database.ExecuteAsync("insert into ruling (case_id, at, ruling, actor, reason) values (1, '2026-01-05T00:00Z', 'benign_positive', 'ann', 'a course')");
        var here = await CliRun.OnAsync(site.Site.Database, words);
        var there = await RunAsync(site, words);
        Assert.Equal((ExitCodes.Ok, ExitCodes.Ok), (here.Exit, there.Exit));
        Assert.Equal(here.Output, there.Output);
    }

    [Fact]
    public async Task A_release_is_asked_for_by_the_keys_holder()
    {
        await using var site = await OpenAsync();
        await site.AddCasesAsync(1);
        var asked = await RunAsync(site, "cases", "release", "1", "--reason", "a test", "--ruling", "false_positive", "--wait", "0", "--json");
        Assert.Equal(ExitCodes.Ok, asked.Exit);
        Assert.Equal(("release", "API key 2", 1), (asked.Json.GetProperty("kind").GetString(), asked.Json.GetProperty("actor").GetString(), asked.Json.GetProperty("expected_version").GetInt32()));
        Assert.Equal(ExitCodes.Ok, (await RunAsync(site, "cases", "extend", "1", "--for", "2h", "--reason", "a test", "--wait", "0")).Exit);
        Assert.Equal(ExitCodes.Ok, (await RunAsync(site, "cases", "hand-over", "1", "--to", "team b", "--reason", "a test", "--wait", "0")).Exit);
    }

    [Fact]
    public async Task Many_are_asked_for_and_taken_back_there_too()
    {
        await using var site = await OpenAsync();
        await site.AddCasesAsync(4);
        var run = await RunAsync(site, "cases", "rule", "--ruling", "false_positive", "--where", "class=runaway", "--reason", "a test", "--yes", "2", "--wait", "0");
        Assert.True(run.Exit == ExitCodes.Ok, run.Error);
        Assert.Contains("2 case(s) to rule.", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 not taken yet", run.Output, StringComparison.Ordinal);
        Assert.Contains($"`watchdog cases undo 1 --server {site.Site.Address.GetLeftPart(UriPartial.Authority)}` does so.", run.Error, StringComparison.Ordinal);
        Assert.Equal(2L, await site.Site.Database.ScalarAsync<long>("select count(*) from request where kind = 'rule' and actor = 'API key 2' and payload ->> 'ruling' = 'false_positive'"));

        Assert.Contains("2 of 2 requests are taken back", (await RunAsync(site, "cases", "undo", "1")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.NotHealthy, (await RunAsync(site, "cases", "undo", "9")).Exit);
        Assert.Contains("'mining'", (await RunAsync(site, "cases", "confirm", "--where", "class=mining", "--reason", "r", "--yes")).Error, StringComparison.Ordinal);
        Assert.Contains("No case matches", (await RunAsync(site, "cases", "release", "--where", "owner=nobody", "--reason", "r", "--yes")).Error, StringComparison.Ordinal);
        await site.Site.Database.ExecuteAsync(
            """
            insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version)
            select 'i-eve-' || n, 1, 'eve', 'miner', $1, 'open', 0.9, 'why', 'v1' from generate_series(1, 26) n
            """, site.Site.Now);
        var many = await RunAsync(site, "cases", "confirm", "--where", "owner=eve", "--reason", "r", "--yes", "26", "--wait", "0");
        Assert.Equal(ExitCodes.Unavailable, many.Exit);
        Assert.Contains("take an admin", many.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_there_is_refused_here()
    {
        await using var site = await OpenAsync();
        Assert.Equal(ExitCodes.NotHealthy, (await RunAsync(site, "cases", "show", "7")).Exit);
        Assert.Equal(ExitCodes.NotHealthy, (await RunAsync(site, "cases", "confirm", "7", "--reason", "why")).Exit);
        Environment.SetEnvironmentVariable(ServerOption.Key, "wdk_1_" + new string('A', 43));
        var unknown = await RunAsync(site, "cases", "list");
        Assert.Equal(ExitCodes.Unavailable, unknown.Exit);
        Assert.Contains("Sign in", unknown.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://watchdog.example.com", "use https")]
    [InlineData("watchdog.example.com", "takes a worker's address")]
    [InlineData("ftp://127.0.0.1", "takes a worker's address")]
    [InlineData("https://127.0.0.1/v1", "takes a worker's address")]
    public async Task An_address_that_is_none_or_that_would_tell_the_key_is_refused(string server, string word)
    {
        Environment.SetEnvironmentVariable(ServerOption.Key, "wdk_1_a");
        var run = await CliRun.AloneAsync("cases", "list", "--server", server);
        Assert.Equal(ExitCodes.Usage, run.Exit);
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_or_with_nobody_there_it_says_so()
    {
        Environment.SetEnvironmentVariable(ServerOption.Key, null);
        Assert.Contains("needs a key", (await CliRun.AloneAsync("cases", "list", "--server", "http://127.0.0.1:1")).Error, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(ServerOption.Key, "wdk_1_a");
        Assert.Equal(ExitCodes.Unavailable, (await CliRun.AloneAsync("cases", "list", "--server", "http://127.0.0.1:1")).Exit);
    }

    public void Dispose() => Environment.SetEnvironmentVariable(ServerOption.Key, null);

    private static async Task<ApiSite> OpenAsync()
    {
        var site = await ApiSite.OpenAsync();
        Environment.SetEnvironmentVariable(ServerOption.Key, site.KeyOf(KeyScopes.OpsAct));
        return site;
    }

    private static Task<CliRun> RunAsync(ApiSite site, params string[] words) => CliRun.AloneAsync([.. words, "--server", site.Site.Address.GetLeftPart(UriPartial.Authority)]);
}
