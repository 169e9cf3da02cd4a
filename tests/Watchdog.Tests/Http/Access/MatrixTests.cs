using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchdog.Http;
using Watchdog.Http.Access;

namespace Watchdog.Tests.Http.Access;

/// <summary>Every endpoint that the listener declares, found as it declares them: a new one cannot be forgotten.</summary>
public partial class MatrixTests
{
    private static readonly string[] Safe = ["GET", "HEAD", "OPTIONS"];

    [Fact]
    public async Task Every_endpoint_says_who_may_enter_it_and_exactly_one_thing_says_so()
    {
        await using var site = await OpsSite.OpenAsync();
        Assert.All(All(site), one =>
        {
            var entry = one.Endpoint.Metadata.GetMetadata<Entry>();
            Assert.True(entry is not null, $"{one.Method} {one.Path} does not say who may enter.");
            Assert.Equal(1, (entry.Needs is null ? 0 : 1) + (entry.Scope is null ? 0 : 1) + (entry.Open is null ? 0 : 1));
        });
        Assert.Contains(All(site), one => one.Endpoint.Metadata.GetMetadata<Entry>()!.Needs == Role.Operator);
    }

    [Fact]
    public async Task Whoever_has_not_signed_in_or_has_too_low_a_role_is_let_into_no_endpoint_of_a_role()
    {
        await using var site = await OpsSite.OpenAsync();
        using var nobody = await site.BrowseAsync(null);
        foreach (var (endpoint, method, path) in All(site))
        {
            if (endpoint.Metadata.GetMetadata<Entry>()!.Needs is not { } needed)
            {
                continue;
            }

            var (status, _, answer) = await SendAsync(nobody, method, path);
            Assert.True(status == 401 || status == 302 && answer.Headers.Location!.OriginalString.StartsWith("/sign-in?to=", StringComparison.Ordinal), $"{method} {path}: {status} to nobody");
            foreach (var role in Enum.GetValues<Role>().Where(role => role < needed))
            {
                using var low = await site.BrowseAsync(role);
                (status, _, _) = await SendAsync(low, method, path);
                Assert.True(status == 403, $"{method} {path}: {status} to {role}, needs {needed}");
            }
        }
    }

    [Fact]
    public async Task A_request_that_changes_something_is_refused_from_another_site_and_without_its_forms_token_whatever_the_role()
    {
        await using var site = await OpsSite.OpenAsync();
        using var admin = await site.BrowseAsync(Role.Admin);
        foreach (var (endpoint, method, path) in All(site).Where(one => !Safe.Contains(one.Method)))
        {
            foreach (var from in new[] { "cross-site", "same-site" })
            {
                var (status, _, _) = await admin.SendAsync(new HttpMethod(method), path, from, (FormToken.Field, admin.Token));
                Assert.True(status == 403, $"{method} {path}: {status} from {from}");
            }

            if (endpoint.Metadata.GetMetadata<Entry>()!.Needs is not null)
            {
                var (status, _, _) = await admin.SendAsync(new HttpMethod(method), path, "same-origin");
                Assert.True(status == 403, $"{method} {path}: {status} without a token");
                (status, _, _) = await admin.SendAsync(new HttpMethod(method), path, "same-origin", (FormToken.Field, FormToken.Of(new byte[32])));
                Assert.True(status == 403, $"{method} {path}: {status} with the token of another session");
            }
        }
    }

    [Fact]
    public async Task Every_page_tells_browsers_to_run_nothing_inline_and_to_keep_no_copy()
    {
        await using var site = await OpsSite.OpenAsync();
        using var admin = await site.BrowseAsync(Role.Admin);
        foreach (var (_, method, path) in All(site).Where(one => one.Method == "GET" && one.Path is not ("/events" or "/v1/events")))
        {
            var (_, _, answer) = await admin.GetAsync(path);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.True(policy.StartsWith("default-src 'none'", StringComparison.Ordinal) && !policy.Contains("unsafe", StringComparison.Ordinal), $"{method} {path}: {policy}");
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.True(path.StartsWith("/assets/", StringComparison.Ordinal) || answer.Headers.CacheControl?.NoStore == true, $"{method} {path}: {answer.Headers.CacheControl}");
        }
    }

    private static Task<(int Status, string Body, HttpResponseMessage Answer)> SendAsync(Browser browser, string method, string path) =>
        Safe.Contains(method) ? browser.GetAsync(path) : browser.SendAsync(new HttpMethod(method), path, "same-origin", (FormToken.Field, browser.Token));

    private static List<(Endpoint Endpoint, string Method, string Path)> All(OpsSite site) =>
    [
        .. site.Get<HttpListening>().Endpoints.OfType<RouteEndpoint>().SelectMany(endpoint =>
            (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["POST"]).Select(method => ((Endpoint)endpoint, method, PathOf(endpoint)))),
    ];

    // Any value does: nobody is let in so far.
    private static string PathOf(RouteEndpoint endpoint) => "/" + Parameter().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "1");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
