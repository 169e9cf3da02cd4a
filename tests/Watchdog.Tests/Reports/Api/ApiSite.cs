using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Watchdog.Http.Keys;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Api;

/// <summary>The listener, and programs that ask it with keys.</summary>
internal sealed class ApiSite : IAsyncDisposable
{
    private readonly Dictionary<string, string> keys = [];
    private readonly HttpClient client;

    private ApiSite(OpsSite site) => (Site, client) = (site, new HttpClient { BaseAddress = site.Address });

    public OpsSite Site { get; }

    public static async Task<ApiSite> OpenAsync()
    {
        var site = new ApiSite(await OpsSite.OpenAsync());
        foreach (var scope in new[] { KeyScopes.OpsRead, KeyScopes.OpsAct, KeyScopes.OpsAdmin })
        {
            site.keys[scope] = (await site.Site.Get<KeyBook>().AddAsync(scope, [scope], "ann", site.Site.Now, site.Site.Now.AddDays(90), default)).Text;
        }

        await site.Site.RefreshAsync();
        return site;
    }

    public string KeyOf(string scope) => keys[scope];

    /// <summary>Adds open cases of VMs i-1 and so on, opened a minute after one another.</summary>
    public async Task AddCasesAsync(int count, string owner = "mallory")
    {
        for (var i = 1; i <= count; i++)
        {
            await Site.Database.ExecuteAsync(
                $"""
                insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version)
                values ('i-{i}', 1, '{owner}', '{(i % 2 == 0 ? "runaway" : "miner")}', '2026-01-04T{i / 60:00}:{i % 60:00}:00Z', 'open', 0.9, 'why', 'v1')
                """);
        }
    }

    public Task<ApiAnswer> GetAsync(string path, string scope = KeyScopes.OpsRead) => SendAsync(HttpMethod.Get, path, scope, null);

    public Task<ApiAnswer> PostAsync(string path, string json, string scope = KeyScopes.OpsAct, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, scope, new StringContent(json, Encoding.UTF8, "application/json"), headers);

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string scope, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", keys[scope]);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new((int)answer.StatusCode, text.Length > 0 && answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true
            ? JsonDocument.Parse(text).RootElement : default, answer);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Site.DisposeAsync();
    }
}

internal sealed record ApiAnswer(int Status, JsonElement Json, HttpResponseMessage Answer)
{
    public string Detail => Json.GetProperty("detail").GetString()!;
}
