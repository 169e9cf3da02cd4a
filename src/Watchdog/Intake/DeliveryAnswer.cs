using System.Net.Mime;
using System.Text.Json;

namespace Watchdog.Intake;

/// <summary>
/// Firehose's answer: <c>requestId</c> as it came, <c>timestamp</c> in milliseconds since 1970, and <c>errorMessage</c> unless the status is 200.
/// Every other status is retried for as long as the delivery stream says; after 413 alone the delivery is thrown away, its backup included (AWS: HTTP
/// endpoint delivery specification).
/// </summary>
internal static class DeliveryAnswer
{
    public static async Task WriteAsync(HttpContext context, int status, string requestId, DateTimeOffset now, string? error)
    {
        context.Response.StatusCode = status;
        // Exactly this: with a charset behind it Firehose calls the answer malformed.
        context.Response.ContentType = MediaTypeNames.Application.Json;
        context.Response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "5";
        }

        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter))
        {
            json.WriteStartObject();
            json.WriteString("requestId", requestId);
            json.WriteNumber("timestamp", now.ToUnixTimeMilliseconds());
            if (error is not null)
            {
                json.WriteString("errorMessage", error);
            }

            json.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}

/// <summary>A delivery that cannot be taken, with the status that says so and what to mend.</summary>
internal sealed class DeliveryException(int status, string message) : Exception(message)
{
    public int Status => status;
}
