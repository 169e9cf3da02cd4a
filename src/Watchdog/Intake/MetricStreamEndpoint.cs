using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Diagnostics.Instruments;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Telemetry;

namespace Watchdog.Intake;

/// <summary>
/// <c>POST /v1/metric-stream</c>: Firehose's HTTP endpoint delivery, protocol 1.0. There only where <c>Telemetry:Stream</c> is enabled and has a key.
/// A delivery is acknowledged when it is stored; what is not acknowledged comes again.
/// </summary>
internal sealed class MetricStreamEndpoint(
    StreamIntake intake, IOptions<TelemetryOptions> options, Clocks clocks, ILogger<MetricStreamEndpoint> log) : IEndpoints
{
    /// <summary>The path.</summary>
    public const string Path = "/v1/metric-stream";
    /// <summary>Deliveries taken in at once; one more is answered 503, and Firehose brings it again.</summary>
    public const int AtOnce = 2;

    private const int MaxId = 128;
    /// <summary>Firehose gives an answer three minutes.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private readonly StreamKeys keys = new(options.Value.Stream.Enabled ? options.Value.Stream.Keys() : []);
    private int under;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        if (keys.Any)
        {
            routes.MapPost(Path, (Delegate)AnswerAsync).Takes<JsonElement>()
                .Describe(
                    Entry.ForAll("Firehose brings a key of its own, which the endpoint asks for"), "deliver_metrics",
                    "A metric stream's delivery, as AWS's specification of HTTP endpoint delivery 1.0 has it; its answers too.", StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge)
                .OpensBy(ApiSchemes.Firehose).Produces<JsonElement>();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var id = IdOf(context.Request);
        var (status, error) = await TakeAsync(context, id);
        StreamMeters.Answered(status);
        if (error is not null)
        {
            Log.DeliveryRefused(log, id, status, error);
        }

        await DeliveryAnswer.WriteAsync(context, status, id, clocks.Wall.GetUtcNow(), error);
    }

    private async Task<(int Status, string? Error)> TakeAsync(HttpContext context, string id)
    {
        // The key before all else: nobody without it costs more than a digest.
        var headers = context.Request.Headers;
        if (headers["X-Amz-Firehose-Access-Key"].ToString() is not { Length: > 0 } key)
        {
            return (StatusCodes.Status401Unauthorized, "No X-Amz-Firehose-Access-Key.");
        }

        if (!keys.Opens(key))
        {
            return (StatusCodes.Status403Forbidden, "The access key is not one of Telemetry:Stream:AccessKey.");
        }

        if (headers["X-Amz-Firehose-Protocol-Version"].ToString() != "1.0")
        {
            return (StatusCodes.Status400BadRequest, "X-Amz-Firehose-Protocol-Version must be 1.0.");
        }

        if (id.Length == 0)
        {
            return (StatusCodes.Status400BadRequest, $"X-Amz-Firehose-Request-Id must have 1 to {MaxId} visible ASCII characters.");
        }

        try
        {
            return Interlocked.Increment(ref under) <= AtOnce
                ? await StoreAsync(context, id)
                : (StatusCodes.Status503ServiceUnavailable, "Other deliveries are being stored; send it again.");
        }
        finally
        {
            Interlocked.Decrement(ref under);
        }
    }

    private async Task<(int Status, string? Error)> StoreAsync(HttpContext context, string id)
    {
        // The listener's own limit is for questions of a few bytes.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = BoundedBody.MaxBytes;
        }

        using var late = new CancellationTokenSource(Limit, clocks.Wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, late.Token);
        try
        {
            using var body = await BoundedBody.ReadAsync(context.Request, either.Token);
            await intake.TakeAsync(body.Bytes, id, either.Token);
            return (StatusCodes.Status200OK, null);
        }
        catch (DeliveryException wrong)
        {
            return (wrong.Status, wrong.Message);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException
            || (fault is OperationCanceledException && !context.RequestAborted.IsCancellationRequested))
        {
            return (StatusCodes.Status503ServiceUnavailable, "The delivery could not be stored; send it again.");
        }
    }

    private static string IdOf(HttpRequest request) =>
        request.Headers["X-Amz-Firehose-Request-Id"].ToString() is { Length: > 0 and <= MaxId } id && id.All(c => c is >= '!' and <= '~') ? id : "";
}
