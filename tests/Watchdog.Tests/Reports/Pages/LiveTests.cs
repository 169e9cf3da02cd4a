using System.Buffers.Text;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Sessions;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Pages;

public sealed class LiveTests
{
    [Theory]
    [InlineData("1", "retry: 3000,id: 1,,event: changed,id: 2,data: 2")]
    [InlineData(null, "retry: 3000,id: 2,")]
    public async Task A_browser_that_connects_again_learns_whether_something_has_changed_meanwhile(string? last, string told)
    {
        await using var site = await OpsSite.OpenAsync();
        await site.Database.ExecuteAsync("insert into event (at, kind, subject, data) select $1, 'case.opened', 'case:1', '{}' from generate_series(1, 2)", site.Now);
        await site.RefreshAsync();
        var session = await site.Get<SessionBook>().BeginAsync("ann", Role.Viewer, "oidc", TimeSpan.FromHours(1), default);
        using var client = new HttpClient { BaseAddress = site.Address, Timeout = TimeSpan.FromSeconds(30) };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/events", UriKind.Relative));
        request.Headers.Add("Cookie", $"watchdog_session={Base64Url.EncodeToString(session)}");
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        List<string?> read = [];
        while (read.Count < told.Split(',').Length)
        {
            read.Add(await lines.ReadLineAsync());
        }

        Assert.Equal(told, string.Join(',', read));
    }

    [Fact]
    public async Task One_visitor_listens_twenty_times_and_others_still_may()
    {
        await using var site = await OpsSite.OpenAsync();
        using var client = new HttpClient { BaseAddress = site.Address, Timeout = TimeSpan.FromSeconds(30) };
        List<HttpResponseMessage> listening = [];
        for (var tab = 0; tab < 21; tab++)
        {
            listening.Add(await ListenAsync("ann"));
        }

        Assert.Equal([.. Enumerable.Repeat(200, 20), 429], listening.Select(answer => (int)answer.StatusCode));
        using var other = await ListenAsync("bob");
        Assert.Equal(200, (int)other.StatusCode);
        listening.ForEach(answer => answer.Dispose());

        async Task<HttpResponseMessage> ListenAsync(string name)
        {
            var session = await site.Get<SessionBook>().BeginAsync(name, Role.Viewer, "oidc", TimeSpan.FromHours(1), default);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/events", UriKind.Relative));
            request.Headers.Add("Cookie", $"watchdog_session={Base64Url.EncodeToString(session)}");
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }
    }
}
