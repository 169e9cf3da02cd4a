using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Watchdog.Ledger;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Receivers;

/// <summary>What the receivers' HTTP has in common: JSON out, an answer with its text in.</summary>
internal static class Wire
{
    private static readonly JsonSerializerOptions Shape = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>As JSON in snake case, without what is null.</summary>
    public static string Json(object value) => JsonSerializer.Serialize(value, Shape);

    /// <summary>Its length in bytes as sent.</summary>
    public static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    /// <summary>Posts JSON and reads the beginning of the answer.</summary>
    public static async Task<WebhookAnswer> PostAsync(
        OutboundHttp http, Uri url, string body, bool anywhere, TimeSpan timeout, string? traceparent, string? authorization, DateTimeOffset at, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json) };
        if (traceparent is not null)
        {
            request.Headers.Add("traceparent", traceparent);
        }

        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await http.SendAsync(request, anywhere, timeout, read: true, at, ct);
    }

    /// <summary>The answer with the beginning of its body in its detail, where it says more than the status; secrets in it are taken out.</summary>
    public static WebhookAnswer Told(WebhookAnswer answer, params ReadOnlySpan<string?> secrets)
    {
        var body = (answer.Body ?? "").Trim();
        foreach (var secret in secrets)
        {
            body = string.IsNullOrEmpty(secret) ? body : body.Replace(secret, "[redacted]", StringComparison.OrdinalIgnoreCase);
        }

        return body.Length == 0 ? answer : answer with { Detail = $"{answer.Detail}: {CleanText.Of(body, 300)}" };
    }
}
