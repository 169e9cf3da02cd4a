using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Watchdog.Bench.Pages;

/// <summary>What one request showed.</summary>
/// <param name="ServerMs">The server's own figure, from its header Server-Timing.</param>
internal sealed record Seen(string Page, int Status, double ServerMs, double TotalMs, int Bytes);

/// <summary>One person with a browser: looks at the queue, at cases and forms, a second for each, and listens for changes, on which the queue is asked for anew.</summary>
internal sealed class Reviewer(Uri site, byte[] session, int cases, int seed, ConcurrentBag<Seen> seen, ConcurrentBag<long> heard) : IDisposable
{
    private static readonly TimeSpan Thinks = TimeSpan.FromSeconds(1);
    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        BaseAddress = site, Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "Cookie", $"watchdog_session={Base64Url.EncodeToString(session)}" }, { "Accept", "text/html" } },
    };

    private readonly Random random = new(seed);

    public async Task LookAsync(CancellationToken ct)
    {
        string[] filters = ["/cases", "/cases?class=miner", "/cases?state=contained", "/cases?ruling=none", "/cases?q=acct-0001", "/cases?page=7", "/cases?age=24"];
        while (!ct.IsCancellationRequested)
        {
            // The newest are the open ones.
            var id = cases + random.Next(1, cases + 1);
            await AskAsync("queue", filters[random.Next(filters.Length)], ct);
            await AskAsync("case", $"/cases/{id}", ct);
            await AskAsync("form", $"/cases/{id}/release", ct);
        }
    }

    public async Task ListenAsync(CancellationToken ct)
    {
        using var answer = await client.GetAsync(new Uri("/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ct);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(ct));
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            if (line == "event: changed")
            {
                heard.Add(Stopwatch.GetTimestamp());
                // As the pages' script does.
                await Task.Delay(Thinks * (2 * random.NextDouble()), TimeProvider.System, ct);
                await AskAsync("renewal", "/cases", ct, thinks: false);
            }
        }
    }

    public void Dispose() => client.Dispose();

    private async Task AskAsync(string page, string path, CancellationToken ct, bool thinks = true)
    {
        var since = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), ct);
        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        var total = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        var server = answer.Headers.TryGetValues("Server-Timing", out var timing) && timing.First().Split("dur=") is [_, var told]
            ? double.Parse(told, CultureInfo.InvariantCulture) : double.NaN;
        seen.Add(new(page, (int)answer.StatusCode, server, total, body.Length));
        if (thinks)
        {
            await Task.Delay(Thinks * (0.5 + random.NextDouble()), TimeProvider.System, ct);
        }
    }
}
