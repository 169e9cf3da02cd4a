using System.Buffers.Text;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Sessions;
using Watchdog.Testing;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Pages;

public sealed class LiveEndpointTests
{
    [Fact]
    public async Task A_browser_hears_that_something_changed_and_not_what()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.RefreshAsync();
        await using var ear = await Ear.OpenAsync(site);
        Assert.Contains("retry: 3000", await ear.MessageAsync());

        await EventAsync(site, "case:7");
        await site.RefreshAsync();

        Assert.Equal(await ChangedAsync(site), await ear.MessageAsync());
    }

    [Fact]
    public async Task What_changes_within_two_seconds_is_one_message()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.RefreshAsync();
        await using var ear = await Ear.OpenAsync(site);
        await ear.MessageAsync();
        await EventAsync(site, "case:1");
        await site.RefreshAsync();
        await ear.MessageAsync();
        // One timer is that of the sign of life.
        await ear.SleepsAsync(timers: 2);

        foreach (var subject in new[] { "case:2", "case:3" })
        {
            await EventAsync(site, subject);
            await site.RefreshAsync();
        }

        site.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(await ChangedAsync(site), await ear.MessageAsync());
    }

    [Fact]
    public async Task While_nothing_changes_a_sign_of_life_comes_each_twenty_seconds()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.RefreshAsync();
        await using var ear = await Ear.OpenAsync(site);
        await ear.MessageAsync();
        await ear.SleepsAsync();

        site.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal([": alive"], await ear.MessageAsync());
    }

    [Fact]
    public async Task After_a_quarter_of_an_hour_it_ends_so_that_the_gate_is_asked_again()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.RefreshAsync();
        await using var ear = await Ear.OpenAsync(site);
        await ear.MessageAsync();
        var began = site.Now;

        do
        {
            await ear.SleepsAsync();
            site.Clock.Advance(TimeSpan.FromSeconds(20));
            Assert.Equal([": alive"], await ear.MessageAsync());
        }
        while (site.Now < began.AddMinutes(15));

        Assert.Empty(await ear.MessageAsync());
    }

    [Fact]
    public async Task Nobody_listens_without_a_session()
    {
        await using var site = await OpsSite.OpenAsync();
        using var nobody = await site.BrowseAsync(null);

        Assert.NotEqual(200, (await nobody.GetAsync("/events")).Status);
    }

    private static Task<int> EventAsync(OpsSite site, string subject) =>
        site.Database.ExecuteAsync("insert into event (at, kind, subject, data) values ($1, 'case.opened', $2, '{}')", site.Now, subject);

    private static async Task<IReadOnlyList<string>> ChangedAsync(OpsSite site) =>
        await site.Database.ScalarAsync<long>("select max(id) from event") is var head ? ["event: changed", $"id: {head}", $"data: {head}"] : [];

    /// <summary>A browser that listens; messages come as their lines.</summary>
    private sealed class Ear(OpsSite site, int armed, HttpClient client, HttpResponseMessage answer, StreamReader reader) : IAsyncDisposable
    {
        public static async Task<Ear> OpenAsync(OpsSite site)
        {
            // The listener's own, which ticks each second.
            await Until.TrueAsync(() => Task.FromResult(site.Clock.ArmedTimers > 0));
            var armed = site.Clock.ArmedTimers;
            var client = new HttpClient { BaseAddress = site.Address };
            var session = await site.Get<SessionBook>().BeginAsync("ann", Role.Viewer, "oidc", TimeSpan.FromHours(8), default);
            client.DefaultRequestHeaders.Add("Cookie", $"watchdog_session={Base64Url.EncodeToString(session)}");
            var answer = await client.GetAsync(new Uri("/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
            return new(site, armed, client, answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
        }

        /// <summary>The next message; empty: there are no more.</summary>
        public async Task<IReadOnlyList<string>> MessageAsync()
        {
            List<string> lines = [];
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Length == 0)
                {
                    return lines;
                }

                lines.Add(line);
            }

            return [];
        }

        /// <summary>Waits until the endpoint waits for the clock.</summary>
        public Task SleepsAsync(int timers = 1) => Until.TrueAsync(() => Task.FromResult(site.Clock.ArmedTimers >= armed + timers));

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            answer.Dispose();
            client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
