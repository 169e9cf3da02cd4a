using System.Diagnostics;
using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using Watchdog.Http.Access;
using Watchdog.Http.Api;

namespace Watchdog.Http;

/// <summary>What every request passes on its way to an endpoint, in one place: faults answered, route found, gate, rates, audit line, endpoint.</summary>
internal static class HttpPipeline
{
    // Of changes, by one visitor or, where nobody is known, one address: ten times what a person with a keyboard does.
    private const int ChangesAMinute = 240;

    public static void AddHttpPipeline(this IServiceCollection services)
    {
        services.AddRoutingCore();
        services.ConfigureHttpJsonOptions(json => ApiJson.Set(json.SerializerOptions));
        // A parameter that cannot be read is told as every other fault is.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        ApiDescription.Add(services);
        services.AddRazorComponents();
        // Static pages protect nothing by it, and keys that nobody needs are not to lie in a home folder.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = async (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "60";
                await Problem.AnswerAsync(
                    rejected.HttpContext, StatusCodes.Status429TooManyRequests, "too many changes",
                    $"More than {ChangesAMinute} changes in a minute came from one place. Nothing was done by this one; wait a minute, or act on a filter at once.");
            };
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => IsLimited(context)
                ? RateLimitPartition.GetSlidingWindowLimiter(Visitor.Of(context)?.Name ?? context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new SlidingWindowRateLimiterOptions
                {
                    PermitLimit = ChangesAMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6,
                })
                : RateLimitPartition.GetNoLimiter(""));
        });
    }

    public static void Use(WebApplication web, Gate gate, ILogger log)
    {
        web.Use(next => context => TimeAsync(context, next));
        web.Use(next => context => AnswerFaultsAsync(context, next, log));
        web.UseRouting();
        web.Use(next => context => gate.PassAsync(context, next));
        web.UseRateLimiter();
        web.Use(next => context => gate.NoteAsync(context, next));
    }

    // Browsers show it beside each request; benchmarks read it.
    private static Task TimeAsync(HttpContext context, RequestDelegate next)
    {
        var since = Stopwatch.GetTimestamp();
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["Server-Timing"] = string.Create(CultureInfo.InvariantCulture, $"total;dur={Stopwatch.GetElapsedTime(since).TotalMilliseconds:0.00}");
            return Task.CompletedTask;
        });
        return next(context);
    }

    // Programs with a key of their own scope come as often as their work asks.
    private static bool IsLimited(HttpContext context) =>
        !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.GetEndpoint()?.Metadata.GetMetadata<Entry>() is { Scope: null, Open: null } or { Link: not null };

    private static async Task AnswerFaultsAsync(HttpContext context, RequestDelegate next, ILogger log)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The asker has gone: there is nobody to answer.
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await Problem.AnswerAsync(context, bad.StatusCode, "a request that cannot be read", bad.Message);
        }
        catch (PostgresException text) when (text.SqlState is PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter && !context.Response.HasStarted)
        {
            // Nothing that is kept bears a NUL; whoever sends one tries something.
            await Problem.AnswerAsync(context, StatusCodes.Status400BadRequest, "a request that cannot be read", "A text in it holds a character that is none (NUL). Nothing was done.");
        }
        catch (Exception away) when (away is NpgsqlException { IsTransient: true } or TimeoutException or System.Net.Sockets.SocketException or IOException && !context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = "5";
            await Problem.AnswerAsync(
                context, StatusCodes.Status503ServiceUnavailable, "the database does not answer",
                "Nothing was changed by this request as far as can be told; load the page again in some seconds. VMs that are contained stay so meanwhile.");
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            Log.RequestFailed(log, fault, context.Request.Method, context.Request.Path, context.TraceIdentifier);
            await Problem.AnswerAsync(
                context, StatusCodes.Status500InternalServerError, "a fault of Watchdog's own",
                $"It is in the worker's log under request {context.TraceIdentifier}.");
        }
    }
}
