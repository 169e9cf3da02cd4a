using System.Security.Cryptography;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Sessions;

namespace Watchdog.Tests.Http.Access.Sessions;

public class SignInTests
{
    [Fact]
    public async Task A_link_signs_in_once_and_looking_at_it_does_not_use_it()
    {
        await using var site = await OpsSite.OpenAsync();
        var link = await site.Get<SessionBook>().MakeLinkAsync("ann", Role.Operator, TimeSpan.FromMinutes(15), "root", default);
        using var visit = new Visit(site.Address);
        Assert.Equal(200, (await visit.GetAsync(SignInEndpoints.LinkFor(link))).Status);
        Assert.Equal(302, (await UseAsync(visit, link)).Status);
        Assert.Equal(200, (await visit.GetAsync("/cases")).Status);

        using var second = new Visit(site.Address);
        Assert.Equal(403, (await UseAsync(second, link)).Status);
        Assert.Null(second.Session);
    }

    [Fact]
    public async Task A_link_that_has_expired_or_was_forged_does_not_sign_in()
    {
        await using var site = await OpsSite.OpenAsync();
        var link = await site.Get<SessionBook>().MakeLinkAsync("ann", Role.Operator, TimeSpan.FromMinutes(15), "root", default);
        using var visit = new Visit(site.Address);
        Assert.Equal(403, (await UseAsync(visit, RandomNumberGenerator.GetBytes(32))).Status);
        site.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(403, (await UseAsync(visit, link)).Status);
        Assert.Null(visit.Session);
    }

    [Fact]
    public async Task A_session_ends_by_its_time_by_signing_out_and_by_an_admins_word_and_its_cookie_is_nothing_then()
    {
        await using var site = await OpsSite.OpenAsync();
        var book = site.Get<SessionBook>();
        using var late = new Visit(site.Address) { Session = await book.BeginAsync("late", Role.Viewer, "oidc", TimeSpan.FromHours(1), default) };
        using var left = new Visit(site.Address) { Session = await book.BeginAsync("left", Role.Viewer, "oidc", TimeSpan.FromHours(3), default) };
        using var ended = new Visit(site.Address) { Session = await book.BeginAsync("ended", Role.Viewer, "oidc", TimeSpan.FromHours(3), default) };
        var cookie = left.Session!;
        site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(302, (await late.GetAsync("/cases")).Status);

        Assert.Equal(302, (await left.PostAsync("/sign-out", left.Token!)).Status);
        using var replay = new Visit(site.Address) { Session = cookie };
        Assert.Equal(302, (await replay.GetAsync("/cases")).Status);

        Assert.Equal(200, (await ended.GetAsync("/cases")).Status);
        Assert.Equal(1, await book.EndAllAsync("ended", "left the team", "root", default));
        Assert.Equal(302, (await ended.GetAsync("/cases")).Status);
        Assert.Equal(0, await book.EndAllAsync("ended", "again", "root", default));
        Assert.Empty(await book.ListAsync(default));
    }

    [Theory]
    [InlineData("https", "__Host-watchdog_session=", true)]
    [InlineData("http", "watchdog_session=", false)]
    public async Task The_cookie_is_for_this_host_unseen_by_scripts_and_behind_what_ends_TLS_for_TLS_alone(string scheme, string name, bool secure)
    {
        await using var site = await OpsSite.OpenAsync();
        var link = await site.Get<SessionBook>().MakeLinkAsync("ann", Role.Operator, TimeSpan.FromMinutes(15), "root", default);
        using var visit = new Visit(site.Address, ("X-Forwarded-Proto", scheme));
        var (status, _, answer) = await UseAsync(visit, link);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal(302, status);
        Assert.StartsWith(name, cookie, StringComparison.Ordinal);
        string[] attributes = [.. cookie.Split("; ").Skip(1).Select(one => one.ToLowerInvariant()).Order(StringComparer.Ordinal)];
        Assert.Equal(secure ? ["httponly", "max-age=36000", "path=/", "samesite=lax", "secure"] : ["httponly", "max-age=36000", "path=/", "samesite=lax"], attributes);
        Assert.Equal(200, (await visit.GetAsync("/cases")).Status);
    }

    [Fact]
    public async Task A_proxys_own_session_bears_the_same_cookie_over_TLS()
    {
        await using var site = await OpsSite.OpenAsync(("Access:Proxy:Networks:0", "127.0.0.0/8"), ("Access:Proxy:Roles:Viewer:0", "staff"));
        using var visit = new Visit(site.Address, ("X-Forwarded-Proto", "https"), ("X-Forwarded-User", "ann"), ("X-Forwarded-Groups", "staff"));
        var (status, _, answer) = await visit.GetAsync("/cases");

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal(200, status);
        Assert.StartsWith("__Host-watchdog_session=", cookie, StringComparison.Ordinal);
        Assert.All(["; secure", "; path=/", "; httponly", "; samesite=lax"], one => Assert.Contains(one, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Whoever_is_ended_has_no_link_left_to_come_back_by()
    {
        await using var site = await OpsSite.OpenAsync();
        var book = site.Get<SessionBook>();
        var link = await book.MakeLinkAsync("ann", Role.Operator, TimeSpan.FromHours(24), "root", default);
        var others = await book.MakeLinkAsync("bob", Role.Operator, TimeSpan.FromHours(24), "root", default);
        Assert.Equal(1, await book.EndAllAsync("ann", "left the team", "root", default));
        using var visit = new Visit(site.Address);
        Assert.Equal(403, (await UseAsync(visit, link)).Status);
        Assert.Equal(302, (await UseAsync(visit, others)).Status);
    }

    [Theory]
    [InlineData("https", 302)]
    [InlineData("http", 200)]
    public async Task Behind_tls_only_the_cookie_counts_that_no_other_host_can_have_set(string scheme, int status)
    {
        await using var site = await OpsSite.OpenAsync();
        using var visit = new Visit(site.Address, ("X-Forwarded-Proto", scheme)) { Session = await site.Get<SessionBook>().BeginAsync("mallory", Role.Viewer, "oidc", TimeSpan.FromHours(1), default) };
        Assert.Equal(status, (await visit.GetAsync("/cases")).Status);
    }

    [Fact]
    public async Task Without_pages_programs_alone_are_answered()
    {
        await using var site = await OpsSite.OpenAsync(("Access:Pages", "false"));
        using var admin = await site.BrowseAsync(Role.Admin);
        Assert.Equal(404, (await admin.GetAsync("/cases")).Status);
        Assert.Equal(404, (await admin.GetAsync("/sign-in")).Status);
        Assert.Equal(200, (await admin.GetAsync("/livez")).Status);
    }

    private static Task<(int Status, string Body, HttpResponseMessage Answer)> UseAsync(Visit visit, byte[] link) =>
        visit.PostAsync("/sign-in/link", "", ("token", SignInEndpoints.LinkFor(link).Split('=')[1]));
}
