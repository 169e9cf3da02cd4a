using System.Buffers.Text;
using System.Text;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Sessions;
using Watchdog.Http.Keys;

namespace Watchdog.Tests.Reports.Api;

public class ExemptionApiTests
{
    [Fact]
    public async Task A_VM_is_exempt_at_once_and_no_longer_when_somebody_ends_it()
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(1);
        Assert.Equal(1, (await site.GetAsync("/v1/exemptions/preview?kind=vm&subject=i-1")).Json.GetProperty("cases").GetInt32());
        var added = await site.PostAsync("/v1/exemptions", """{"kind":"vm","subject":"i-1","reason":"a course","until":"2026-01-20T00:00:00Z"}""");
        Assert.Equal((200, "recorded", 1), (added.Status, added.Json.GetProperty("answer").GetString(), added.Json.GetProperty("exemption").GetInt64()));
        Assert.Equal("i-1", (await site.GetAsync("/v1/exemptions")).Json.GetProperty("exemptions")[0].GetProperty("subject").GetString());
        Assert.Equal(200, (await site.PostAsync("/v1/exemptions/1/end", """{"reason":"the course is over"}""")).Status);
        Assert.Equal(404, (await site.PostAsync("/v1/exemptions/1/end", """{"reason":"again"}""")).Status);
        Assert.Equal(0, (await site.GetAsync("/v1/exemptions")).Json.GetProperty("exemptions").GetArrayLength());
    }

    [Fact]
    public async Task For_the_fleet_an_admin_proposes_and_another_approves_and_a_program_is_neither_of_the_two()
    {
        await using var site = await ApiSite.OpenAsync();
        const string Body = """{"kind":"image","subject":"ami-1","reason":"a course","until":"2026-01-20T00:00:00Z"}""";
        Assert.Equal(403, (await site.PostAsync("/v1/exemptions", Body)).Status);
        var program = await site.PostAsync("/v1/exemptions", Body, KeyScopes.OpsAdmin);
        Assert.Equal(403, program.Status);
        Assert.Contains("API key 3 is none", program.Detail, StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([
            new("kind", "image"), new("subject", "ami-1"), new("until", "2026-01-20"), new("reason", "a course"), new("seen", "image ami-1"), new("step", "place")]);
        Assert.Equal(403, (await site.SendAsync(HttpMethod.Post, "/exemptions/add", KeyScopes.OpsAdmin, form)).Status);
        Assert.Equal(0, (await site.GetAsync("/v1/approvals")).Json.GetProperty("proposals").GetArrayLength());

        var ann = await site.Site.Get<SessionBook>().BeginAsync("ann", Role.Admin, "oidc", TimeSpan.FromHours(1), default);
        Assert.Equal(200, await SendAsync(site, "/v1/exemptions", Body, ann, FormToken.Of(ann)));
        Assert.Equal(1, (await site.GetAsync("/v1/approvals")).Json.GetProperty("proposals").GetArrayLength());
        Assert.Equal(403, (await site.PostAsync("/v1/exemptions/proposals/1/approve", """{"reason":"yes"}""", KeyScopes.OpsAdmin)).Status);

        var session = await site.Site.Get<SessionBook>().BeginAsync("bob", Role.Admin, "oidc", TimeSpan.FromHours(1), default);
        const string Approve = "/v1/exemptions/proposals/1/approve";
        Assert.Equal(409, await SendAsync(site, Approve, """{"reason":"yes"}""", ann, FormToken.Of(ann)));
        Assert.Equal(403, await SendAsync(site, Approve, """{"reason":"yes"}""", session, null));
        Assert.Equal(200, await SendAsync(site, Approve, """{"reason":"yes"}""", session, FormToken.Of(session)));
        Assert.Equal("bob", (await site.GetAsync("/v1/exemptions")).Json.GetProperty("exemptions")[0].GetProperty("approved_by").GetString());
    }

    [Theory]
    [InlineData("""{"kind":"vm","subject":"i-1","reason":"why"}""", "until")]
    [InlineData("""{"kind":"planet","subject":"x","reason":"why","until":"2026-01-20T00:00:00Z"}""", "planet")]
    [InlineData("""{"kind":"vm","subject":"i-1","until":"2026-01-20T00:00:00Z"}""", "reason")]
    [InlineData("""{"kind":"vm","subject":"i-1","reason":"why","until":"2025-01-20T00:00:00Z"}""", "passed")]
    public async Task One_that_means_nothing_is_refused(string body, string word)
    {
        await using var site = await ApiSite.OpenAsync();
        var refused = await site.PostAsync("/v1/exemptions", body, KeyScopes.OpsAdmin);
        Assert.Equal(422, refused.Status);
        Assert.Contains(word, refused.Detail, StringComparison.Ordinal);
    }

    private static async Task<int> SendAsync(ApiSite site, string path, string body, byte[] session, string? token)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = site.Site.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Cookie", $"watchdog_session={Base64Url.EncodeToString(session)}");
        if (token is not null)
        {
            request.Headers.Add(FormToken.Header, token);
        }

        return (int)(await client.SendAsync(request)).StatusCode;
    }
}
