using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Watchdog.Bench.Alerts;

/// <summary>A PagerDuty and a webhook on a loopback port, which count what they hear and keep none of it.</summary>
internal sealed class Ears : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Pages, int Updates, int Ends, HashSet<string> Open)> _heard = [];

    private Ears(WebApplication web) => _web = web;

    public string Url { get; private set; } = "";

    public static async Task<Ears> OpenAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var ears = new Ears(builder.Build());
        ears._web.Run(ears.HearAsync);
        await ears._web.StartAsync(ct);
        ears.Url = ears._web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return ears;
    }

    /// <summary>What each heard since the last time, and what is open now.</summary>
    public IReadOnlyList<Heard> Take()
    {
        lock (_gate)
        {
            List<Heard> all = [.. _heard.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => new Heard(one.Key, one.Value.Pages, one.Value.Updates, one.Value.Ends, one.Value.Open.Count))];
            foreach (var (name, known) in _heard.ToList())
            {
                _heard[name] = (0, 0, 0, known.Open);
            }

            return all;
        }
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task HearAsync(HttpContext context)
    {
        using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        var root = document.RootElement;
        var pager = context.Request.Path == "/v2/enqueue";
        var (what, key) = pager
            ? (root.GetProperty("event_action").GetString(), root.GetProperty("dedup_key").GetString()!)
            : (root.GetProperty("type").GetString(), root.GetProperty("data").GetProperty("dedup_key").GetString()!);
        lock (_gate)
        {
            var name = pager ? "pagerduty" : "webhook";
            var (pages, updates, ends, open) = _heard.TryGetValue(name, out var known) ? known : (0, 0, 0, []);
            // PagerDuty knows a page from an update by its key alone.
            var ended = what is "resolve" or "incident.resolve";
            var paged = !ended && (pager ? open.Add(key) : what == "incident.page" && open.Add(key));
            _ = ended && open.Remove(key);
            _heard[name] = (pages + (paged ? 1 : 0), updates + (ended || paged ? 0 : 1), ends + (ended ? 1 : 0), open);
        }

        context.Response.StatusCode = pager ? 202 : 204;
    }
}
