using System.Net.Sockets;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Sessions;
using Watchdog.Tests.Http.Access.Sessions;

namespace Watchdog.Tests.Http.Access.Proxy;

public class ProxyIdentityTests
{
    private static readonly (string, string)[] FromHere =
    [
        ("Access:Proxy:Networks:0", "127.0.0.0/8"), ("Access:Proxy:Roles:Viewer:0", "staff"), ("Access:Proxy:Roles:Operator:0", "ops"),
    ];

    [Fact]
    public async Task A_person_whom_the_proxy_names_sees_pages_and_their_forms_have_tokens()
    {
        await using var site = await OpsSite.OpenAsync(FromHere);
        using var visit = new Visit(site.Address, ("X-Forwarded-User", "ann"), ("X-Forwarded-Groups", "people, ops"));
        Assert.Equal(200, (await visit.GetAsync("/cases")).Status);
        Assert.NotNull(visit.Token);
        Assert.Equal(("ann", "operator", "proxy"), Assert.Single(await site.Get<SessionBook>().ListAsync(default)) is var one ? (one.Name, one.Role, one.Method) : default);

        Assert.Equal(200, (await visit.GetAsync("/cases")).Status);
        Assert.Single(await site.Get<SessionBook>().ListAsync(default));
        Assert.Equal(302, (await visit.PostAsync("/sign-out", visit.Token!)).Status);
        Assert.Equal(403, (await visit.PostAsync("/sign-out", visit.Token!)).Status);
    }

    [Fact]
    public async Task From_elsewhere_the_headers_are_not_believed_and_no_cookie_counts_beside_them()
    {
        await using var site = await OpsSite.OpenAsync(("Access:Proxy:Networks:0", "10.9.9.9"), ("Access:Proxy:Roles:Admin:0", "*"));
        var secret = await site.Get<SessionBook>().BeginAsync("ann", Role.Admin, "oidc", TimeSpan.FromHours(1), default);
        using var visit = new Visit(site.Address, ("X-Forwarded-User", "mallory")) { Session = secret };
        Assert.Equal(302, (await visit.GetAsync("/cases")).Status);
        using var own = new Visit(site.Address) { Session = secret };
        Assert.Equal(200, (await own.GetAsync("/cases")).Status);
    }

    [Fact]
    public async Task Headers_that_nobody_configured_are_passed_over()
    {
        await using var site = await OpsSite.OpenAsync();
        using var visit = new Visit(site.Address, ("X-Forwarded-User", "mallory"), ("X-Forwarded-Groups", "ops"));
        Assert.Equal(302, (await visit.GetAsync("/cases")).Status);
    }

    [Fact]
    public async Task A_session_that_the_proxys_word_began_is_nothing_without_it_or_with_another_name()
    {
        await using var site = await OpsSite.OpenAsync(FromHere);
        using var ann = new Visit(site.Address, ("X-Forwarded-User", "ann"), ("X-Forwarded-Groups", "ops"));
        await ann.GetAsync("/cases");
        using var without = new Visit(site.Address) { Session = ann.Session };
        Assert.Equal(302, (await without.GetAsync("/cases")).Status);
        using var other = new Visit(site.Address, ("X-Forwarded-User", "bob"), ("X-Forwarded-Groups", "ops")) { Session = ann.Session };
        Assert.Equal(403, (await other.PostAsync("/sign-out", ann.Token!)).Status);
        await other.GetAsync("/cases");
        Assert.NotEqual(ann.Token, other.Token);
    }

    [Fact]
    public async Task A_role_that_was_lowered_counts_with_the_next_request()
    {
        await using var site = await OpsSite.OpenAsync(FromHere);
        await site.Database.ExecuteAsync(Cases.One);
        using var before = new Visit(site.Address, ("X-Forwarded-User", "ann"), ("X-Forwarded-Groups", "ops"));
        Assert.Equal(200, (await before.GetAsync("/cases/1/release")).Status);
        using var after = new Visit(site.Address, ("X-Forwarded-User", "ann"), ("X-Forwarded-Groups", "staff")) { Session = before.Session };
        Assert.Equal(403, (await after.GetAsync("/cases/1/release")).Status);
        Assert.Equal(200, (await after.GetAsync("/cases")).Status);
    }

    [Fact]
    public async Task Groups_that_a_browser_put_before_the_proxys_own_give_no_role()
    {
        await using var site = await OpsSite.OpenAsync(FromHere);
        using var client = new TcpClient();
        await client.ConnectAsync(site.Address.Host, site.Address.Port);
        // By hand: an HTTP client joins the lines.
        await client.GetStream().WriteAsync(
            "GET /cases HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nX-Forwarded-User: mallory\r\nX-Forwarded-Groups: ops\r\nX-Forwarded-Groups: staff\r\nConnection: close\r\n\r\n"u8.ToArray());
        var answer = await new StreamReader(client.GetStream()).ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 403", answer, StringComparison.Ordinal);
        Assert.Contains("came 2 times", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ann", "strangers", 403)]
    [InlineData("", "ops", 302)]
    public async Task Nobody_without_a_name_or_a_role_comes_in(string user, string groups, int status)
    {
        await using var site = await OpsSite.OpenAsync(FromHere);
        using var visit = new Visit(site.Address, ("X-Forwarded-User", user), ("X-Forwarded-Groups", groups));
        Assert.Equal(status, (await visit.GetAsync("/cases")).Status);
    }

    [Fact]
    public async Task A_name_that_stands_there_twice_is_nobodys()
    {
        await using var site = await OpsSite.OpenAsync(FromHere);
        using var visit = new Visit(site.Address, ("X-Forwarded-User", "mallory"), ("X-Forwarded-User", "ann"), ("X-Forwarded-Groups", "ops"));
        Assert.Equal(302, (await visit.GetAsync("/cases")).Status);
    }

    private static class Cases
    {
        public const string One =
            """
            insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version)
            values ('i-1', 1, 'mallory', 'miner', '2026-03-02T10:00:00Z', 'open', 0.9, 'why', 'v1')
            """;
    }
}
