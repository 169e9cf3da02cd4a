using System.Net.Http.Headers;
using System.Text;

namespace Watchdog.Tests.Http.Access.Oidc;

public class BearerTests
{
    private const string Audience = "watchdog-api";

    [Fact]
    public async Task A_program_with_a_token_for_this_audience_has_the_role_of_its_claim_and_needs_no_forms_token()
    {
        await using var issuer = await StrictIssuer.OpenAsync();
        await using var site = await OpenAsync(issuer);
        Assert.Equal(200, await AskAsync(site, HttpMethod.Get, "/v1/cases", issuer.Token(Claims(issuer, site))));
        Assert.Equal(404, await AskAsync(site, HttpMethod.Post, "/v1/cases/1/release", issuer.Token(Claims(issuer, site))));
        Assert.Equal(403, await AskAsync(site, HttpMethod.Post, "/v1/cases/1/release", issuer.Token(Claims(issuer, site, ("groups", "staff")))));
    }

    public static TheoryData<string, object?> Twists => new()
    {
        { "aud", StrictIssuer.Client }, { "aud", null }, { "iss", "http://127.0.0.1:1" }, { "exp", 1 }, { "exp", null }, { "nbf", 4_000_000_000 },
    };

    [Theory]
    [MemberData(nameof(Twists))]
    public async Task A_token_that_says_something_else_is_nobodys(string claim, object? value)
    {
        await using var issuer = await StrictIssuer.OpenAsync();
        await using var site = await OpenAsync(issuer);
        Assert.Equal(401, await AskAsync(site, HttpMethod.Get, "/v1/cases", issuer.Token(Claims(issuer, site, (claim, value)))));
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("wdk_1_abc")]
    public async Task What_is_no_token_is_nobodys(string text)
    {
        await using var issuer = await StrictIssuer.OpenAsync();
        await using var site = await OpenAsync(issuer);
        Assert.Equal(401, await AskAsync(site, HttpMethod.Get, "/v1/cases", text));
        Assert.Equal(401, await AskAsync(site, HttpMethod.Get, "/v1/cases", new string('a', 8000) + ".b.c"));
    }

    [Fact]
    public async Task Without_an_audience_no_token_is_taken()
    {
        await using var issuer = await StrictIssuer.OpenAsync();
        await using var site = await OpsSite.OpenAsync(
            ("Access:Oidc:Issuer", issuer.Issuer), ("Access:Oidc:ClientId", StrictIssuer.Client), ("Access:Oidc:BaseUrl", "http://127.0.0.1:1"), ("Access:Oidc:Roles:Viewer:0", "*"));
        Assert.Equal(401, await AskAsync(site, HttpMethod.Get, "/v1/cases", issuer.Token(Claims(issuer, site))));
        Assert.Equal(401, await AskAsync(site, HttpMethod.Get, "/v1/cases", issuer.Token(Claims(issuer, site, ("aud", StrictIssuer.Client)))));
    }

    private static Task<OpsSite> OpenAsync(StrictIssuer issuer) => OpsSite.OpenAsync(
        ("Access:Oidc:Issuer", issuer.Issuer), ("Access:Oidc:Audience", Audience), ("Access:Oidc:Roles:Operator:0", "ops"), ("Access:Oidc:Roles:Viewer:0", "staff"));

    private static Dictionary<string, object?> Claims(StrictIssuer issuer, OpsSite site, params (string Name, object? Value)[] otherwise)
    {
        Dictionary<string, object?> claims = new()
        {
            ["iss"] = issuer.Issuer, ["aud"] = Audience, ["sub"] = "service-7", ["client_id"] = "pipeline", ["groups"] = "ops",
            ["exp"] = site.Now.AddMinutes(5).ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in otherwise)
        {
            claims[name] = value;
        }

        return claims;
    }

    private static async Task<int> AskAsync(OpsSite site, HttpMethod method, string path, string token)
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent("""{"reason":"why","version":1}""", Encoding.UTF8, "application/json");
        }

        return (int)(await client.SendAsync(request)).StatusCode;
    }
}
