using System.IO.Compression;
using System.Text;
using Microsoft.Net.Http.Headers;
using Watchdog.Diagnostics.Exporting;
using Watchdog.Http.Access;

namespace Watchdog.Http;

/// <summary><c>GET /metrics</c>: what the worker counts, in Prometheus's text format; packed where the asker takes gzip.</summary>
public sealed class MetricsEndpoint(MetricBook book) : IEndpoints
{
    private const string Gzip = "gzip";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/metrics", Entry.ForAll("Prometheus scrapes without a key; numbers alone, of no single VM or owner"), AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        var text = Encoding.UTF8.GetBytes(PrometheusText.Write(book));
        var answer = context.Response;
        answer.ContentType = PrometheusText.MediaType;
        answer.Headers.CacheControl = "no-store";
        answer.Headers.Vary = HeaderNames.AcceptEncoding;
        if (!TakesGzip(context.Request))
        {
            answer.ContentLength = text.Length;
            await answer.Body.WriteAsync(text, context.RequestAborted);
            return;
        }

        answer.Headers.ContentEncoding = Gzip;
        await using var packed = new GZipStream(answer.Body, CompressionLevel.Fastest);
        await packed.WriteAsync(text, context.RequestAborted);
    }

    private static bool TakesGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)
        && accepted.Any(one => one.Value.Equals(Gzip, StringComparison.OrdinalIgnoreCase) && one.Quality is null or > 0);
}
