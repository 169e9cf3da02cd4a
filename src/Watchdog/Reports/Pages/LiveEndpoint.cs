using System.Collections.Concurrent;
using System.Globalization;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;

namespace Watchdog.Reports.Pages;

/// <summary>
/// <c>GET /events</c>, server-sent: one message when the log has grown or what stands on top of each page has changed, two seconds apart at least. It says that,
/// and not what: the page asks anew for what it shows, with its own filter and its own rights.
/// </summary>
public sealed class LiveEndpoint(StandingReads standing, Clocks clocks) : IEndpoints
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(2);
    // Shorter than the idle time-outs of proxies.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);
    // A session that has ended must not listen on: the browser connects again by itself, past the gate.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    // A tab each, and some to spare; the listener's connections are for all.
    private const int MostAVisitor = 20;
    private readonly ConcurrentDictionary<string, int> listening = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/events", AnswerAsync).Admit(Entry.For(Role.Viewer));

    private async Task AnswerAsync(HttpContext context)
    {
        var name = Visitor.Of(context)!.Name;
        try
        {
            await (listening.AddOrUpdate(name, 1, (_, before) => before + 1) <= MostAVisitor ? TellAsync(context) : Problem.AnswerAsync(
                context, StatusCodes.Status429TooManyRequests, "too many listeners", $"You listen for changes {MostAVisitor} times already: close some of the pages."));
        }
        finally
        {
            if (listening.AddOrUpdate(name, 0, (_, before) => before - 1) == 0)
            {
                listening.TryRemove(new(name, 0));
            }
        }
    }

    private async Task TellAsync(HttpContext context)
    {
        var (answer, ct) = (context.Response, context.RequestAborted);
        answer.ContentType = "text/event-stream";
        answer.Headers["X-Accel-Buffering"] = "no";
        var began = clocks.Wall.GetTimestamp();
        var told = standing.Latest;
        var id = told?.Event;
        // A browser that connects again says what it was told last: what has come meanwhile it must learn.
        if (long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last != id)
        {
            (told, id) = (null, last);
        }

        try
        {
            await answer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"retry: 3000\nid: {id}\n\n"), ct);
            await answer.Body.FlushAsync(ct);
            while (clocks.Wall.GetElapsedTime(began) < Longest)
            {
                var changed = standing.ChangedAsync();
                if (standing.Latest is { } now && now != told)
                {
                    told = now;
                    await answer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"event: changed\nid: {now.Event}\ndata: {now.Event}\n\n"), ct);
                    await answer.Body.FlushAsync(ct);
                    await Task.Delay(Apart, clocks.Wall, ct);
                    continue;
                }

                if (await Task.WhenAny(changed, Task.Delay(Beat, clocks.Wall, ct)) != changed)
                {
                    await answer.WriteAsync(": alive\n\n", ct);
                    await answer.Body.FlushAsync(ct);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The reader has gone.
        }
    }
}
