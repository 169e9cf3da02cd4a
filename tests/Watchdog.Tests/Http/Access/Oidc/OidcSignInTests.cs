using System.Security.Cryptography;
using Watchdog.Http.Access.Oidc;
using Watchdog.Http.Access.Sessions;
using Watchdog.Tests.Http.Access.Sessions;

namespace Watchdog.Tests.Http.Access.Oidc;

public class OidcSignInTests
{
    [Fact]
    public async Task Whoever_the_issuer_knows_signs_in_with_the_role_of_their_groups_and_comes_to_where_they_wanted()
    {
        await using var world = await World.OpenAsync();
        Assert.Contains("/sign-in/oidc?to=%2Fcases%3Fclass%3Dminer", (await world.Visit.GetAsync("/sign-in?to=/cases?class=miner")).Body, StringComparison.Ordinal);
        var (status, _, answer) = await world.SignInAsync("/cases?class=miner");
        Assert.Equal((302, "/cases?class=miner"), (status, answer.Headers.Location!.OriginalString));
        Assert.Equal(200, (await world.Visit.GetAsync("/cases")).Status);
        var session = Assert.Single(await world.Site.Get<SessionBook>().ListAsync(default));
        Assert.Equal(("ann@example.com", "operator", "oidc"), (session.Name, session.Role, session.Method));
    }

    [Fact]
    public async Task An_answer_serves_once_and_only_the_browser_that_began()
    {
        await using var world = await World.OpenAsync();
        var back = await world.AuthorizeAsync("/cases");
        using var other = new Visit(world.Site.Address);
        Assert.Equal(403, (await other.GetAsync(back)).Status);
        Assert.Equal(302, (await world.Visit.GetAsync(back)).Status);
        Assert.Equal(403, (await world.Visit.GetAsync(back)).Status);
        Assert.Single(await world.Site.Get<SessionBook>().ListAsync(default));
    }

    [Fact]
    public async Task An_answer_with_another_state_or_from_another_issuer_or_too_late_signs_nobody_in()
    {
        await using var world = await World.OpenAsync();
        var back = await world.AuthorizeAsync("/cases");
        await world.RefusedAsync(back.Replace("state=", "state=x", StringComparison.Ordinal), "another sign-in than this browser has begun");
        back = await world.AuthorizeAsync("/cases");
        await world.RefusedAsync(back.Replace("iss=", "iss=x", StringComparison.Ordinal), "another issuer");
        back = await world.AuthorizeAsync("/cases");
        world.Site.Clock.Advance(SignInTicket.Lasts);
        await world.RefusedAsync(back, "begun no sign-in");
        await world.AuthorizeAsync("/cases");
        await world.RefusedAsync("/sign-in/oidc/back?error=access_denied", "another sign-in");
    }

    public static TheoryData<string, object?> Twists => new()
    {
        { "nonce", "another" }, { "nonce", null }, { "iss", "http://127.0.0.1:1" }, { "aud", "somebody-else" }, { "aud", null }, { "exp", 1 }, { "exp", null },
        { "nbf", 4_000_000_000 }, { "azp", "somebody-else" }, { "email", null }, { "email", "" }, { "email_verified", false }, { "groups", "strangers" }, { "groups", null },
    };

    [Theory]
    [MemberData(nameof(Twists))]
    public async Task A_token_that_says_something_else_signs_nobody_in(string claim, object? value)
    {
        await using var world = await World.OpenAsync();
        world.Issuer.Twist[claim] = value;
        Assert.Equal(403, (await world.SignInAsync("/cases")).Status);
        Assert.Null(world.Visit.Session);
    }

    [Fact]
    public async Task A_token_that_nobody_signed_or_with_a_key_of_no_secret_signs_nobody_in()
    {
        await using var world = await World.OpenAsync();
        var issuer = world.Issuer;
        issuer.Forge = payload => StrictIssuer.Sign(payload, issuer.Header("none"), _ => []);
        Assert.Equal(403, (await world.SignInAsync("/cases")).Status);
        issuer.Forge = payload => StrictIssuer.Sign(payload, issuer.Header("HS256"), text => HMACSHA256.HashData(issuer.PublicKey, text));
        Assert.Equal(403, (await world.SignInAsync("/cases")).Status);
        using var own = RSA.Create(2048);
        issuer.Forge = payload => StrictIssuer.Sign(payload, issuer.Header("RS256"), text => own.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal(403, (await world.SignInAsync("/cases")).Status);
    }

    [Fact]
    public async Task Keys_that_have_rotated_are_read_anew_and_not_with_every_token()
    {
        await using var world = await World.OpenAsync();
        Assert.Equal(302, (await world.SignInAsync("/cases")).Status);
        world.Issuer.Rotate();
        Assert.Equal(403, (await world.SignInAsync("/cases")).Status);
        Assert.Equal(1, world.Issuer.KeysRead);
        world.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(302, (await world.SignInAsync("/cases")).Status);
        Assert.Equal(2, world.Issuer.KeysRead);
    }

    [Fact]
    public async Task Clocks_may_differ_by_a_minute_and_no_more()
    {
        await using var world = await World.OpenAsync();
        world.Issuer.Now = world.Site.Now.AddMinutes(-5.5);
        Assert.Equal(302, (await world.SignInAsync("/cases")).Status);
        world.Issuer.Now = world.Site.Now.AddMinutes(-6);
        Assert.Equal(403, (await world.SignInAsync("/cases")).Status);
    }

    [Fact]
    public async Task An_issuer_that_is_away_is_told_in_a_sentence()
    {
        await using var world = await World.OpenAsync();
        await world.Issuer.DisposeAsync();
        var (status, body, _) = await world.Visit.GetAsync("/sign-in/oidc");
        Assert.Equal(403, status);
        Assert.Contains("The issuer does not answer with its configuration.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_that_is_away_is_let_be_for_seconds_and_whom_it_knew_the_keys_of_does_not_wait_for_it()
    {
        await using var world = await World.OpenAsync();
        world.Issuer.IsAway = true;
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(403, (await world.Visit.GetAsync("/sign-in/oidc")).Status);
        }

        Assert.Equal(1, world.Issuer.Faults);
        world.Advance(TimeSpan.FromSeconds(5));
        world.Issuer.IsAway = false;
        Assert.Equal(302, (await world.SignInAsync("/cases")).Status);
        world.Issuer.IsAway = true;
        world.Advance(TimeSpan.FromHours(1));
        Assert.Equal(302, (await world.SignInAsync("/cases")).Status);
    }

    /// <summary>The site, its issuer and a browser.</summary>
    private sealed class World : IAsyncDisposable
    {
        public required OpsSite Site { get; init; }
        public required StrictIssuer Issuer { get; init; }
        public required Visit Visit { get; init; }

        public static async Task<World> OpenAsync()
        {
            var issuer = await StrictIssuer.OpenAsync();
            var site = await OpsSite.OpenAsync(
                ("Access:Oidc:Issuer", issuer.Issuer), ("Access:Oidc:ClientId", StrictIssuer.Client), ("Access:Oidc:ClientSecret", StrictIssuer.Secret),
                ("Access:Oidc:BaseUrl", "http://127.0.0.1:1"), ("Access:Oidc:Roles:Operator:0", "ops"));
            issuer.Now = site.Now;
            return new() { Site = site, Issuer = issuer, Visit = new Visit(site.Address) };
        }

        public void Advance(TimeSpan span)
        {
            Site.Clock.Advance(span);
            Issuer.Now = Site.Now;
        }

        /// <summary>Goes to the issuer and signs in there.</summary>
        /// <returns>Where it sends the browser back to, on the site.</returns>
        public async Task<string> AuthorizeAsync(string to)
        {
            var (_, _, begun) = await Visit.GetAsync($"/sign-in/oidc?to={Uri.EscapeDataString(to)}");
            using var there = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
            return (await there.GetAsync(begun.Headers.Location)).Headers.Location!.PathAndQuery;
        }

        public async Task<(int Status, string Body, HttpResponseMessage Answer)> SignInAsync(string to) => await Visit.GetAsync(await AuthorizeAsync(to));

        public async Task RefusedAsync(string back, string why)
        {
            var (status, body, _) = await Visit.GetAsync(back);
            Assert.Equal(403, status);
            Assert.Contains(why, body, StringComparison.Ordinal);
            Assert.Null(Visit.Session);
        }

        public async ValueTask DisposeAsync()
        {
            Visit.Dispose();
            await Site.DisposeAsync();
            await Issuer.DisposeAsync();
        }
    }
}
