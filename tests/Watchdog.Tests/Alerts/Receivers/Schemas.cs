using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Watchdog.Tests.Alerts.Receivers;

/// <summary>The receivers' published formats and limits, read strictly: what is wrong with a body, or null.</summary>
internal static partial class Schemas
{
    /// <summary>PagerDuty, Events API v2 (developer.pagerduty.com, "Send an Alert Event").</summary>
    public static string? PagerDuty(string body)
    {
        if (Encoding.UTF8.GetByteCount(body) > 512 * 1024)
        {
            return "larger than 512 KB";
        }

        var root = JsonDocument.Parse(body).RootElement;
        var action = Text(root, "event_action");
        var wrong = Unknown(root, "payload", "routing_key", "event_action", "dedup_key", "client", "client_url", "links", "images")
            ?? (Text(root, "routing_key").Length != 32 ? "routing_key" : null)
            ?? (action is not ("trigger" or "acknowledge" or "resolve") ? "event_action" : null)
            ?? (Text(root, "dedup_key").Length is 0 or > 255 ? "dedup_key" : null);
        if (wrong is not null || action != "trigger")
        {
            return wrong;
        }

        var payload = root.GetProperty("payload");
        foreach (var link in root.TryGetProperty("links", out var links) ? links.EnumerateArray() : [])
        {
            if (!Uri.TryCreate(Text(link, "href"), UriKind.Absolute, out _))
            {
                return "links";
            }
        }

        return Unknown(payload, "summary", "source", "severity", "timestamp", "component", "group", "class", "custom_details")
            ?? (payload.GetProperty("summary").GetString() is { Length: <= 1024 } ? null : "summary")
            ?? (Text(payload, "severity") is "critical" or "error" or "warning" or "info" ? null : "severity")
            ?? (payload.GetProperty("source").ValueKind == JsonValueKind.String ? null : "source")
            ?? (DateTimeOffset.TryParse(Text(payload, "timestamp"), CultureInfo.InvariantCulture, out _) ? null : "timestamp");
    }

    /// <summary>Slack's Block Kit (api.slack.com/reference/block-kit) in an incoming webhook.</summary>
    public static string? Slack(string body)
    {
        if (body.Length >= 13_000)
        {
            return "msg_blocks_too_long";
        }

        var root = JsonDocument.Parse(body).RootElement;
        var blocks = root.GetProperty("blocks");
        if (Text(root, "text").Length == 0 || blocks.GetArrayLength() is 0 or > 50)
        {
            return "no_text or too many blocks";
        }

        return Unknown(root, "text", "blocks", "link_names", "parse", "unfurl_links") ?? Mrkdwn(Text(root, "text")) ?? blocks.EnumerateArray().Select(Block).FirstOrDefault(wrong => wrong is not null);
    }

    /// <summary>Alertmanager v2's OpenAPI: postableAlerts.</summary>
    public static string? Alertmanager(string body)
    {
        foreach (var alert in JsonDocument.Parse(body).RootElement.EnumerateArray())
        {
            var labels = alert.GetProperty("labels").EnumerateObject().ToList();
            if (labels.All(label => label.Name != "alertname") || labels.Any(label => !LabelName().IsMatch(label.Name) || label.Value.ValueKind != JsonValueKind.String)
                || alert.GetProperty("annotations").EnumerateObject().Any(one => !LabelName().IsMatch(one.Name) || one.Value.ValueKind != JsonValueKind.String))
            {
                return "labels or annotations";
            }

            var ends = alert.GetProperty("endsAt").GetDateTimeOffset();
            if (alert.TryGetProperty("startsAt", out var starts) && starts.GetDateTimeOffset() > ends)
            {
                return "start time must be before end time";
            }
        }

        return null;
    }

    /// <summary>Standard Webhooks 1.0.0: type, timestamp, data, under 20 kB.</summary>
    public static string? Webhook(string body)
    {
        var root = JsonDocument.Parse(body).RootElement;
        var key = Text(root, "type") is var type && type.StartsWith("incident.", StringComparison.Ordinal) ? "dedup_key" : type == "report.daily" ? "id" : null;
        return Encoding.UTF8.GetByteCount(body) >= 20_000 ? "too large" : key is not null && root.GetProperty("data").TryGetProperty(key, out _) ? null : "shape";
    }

    private static string? Block(JsonElement block) => Text(block, "type") switch
    {
        "header" => Text(block.GetProperty("text"), "type") == "plain_text" && Text(block.GetProperty("text"), "text").Length is >= 1 and <= 150 ? null : "header",
        "section" => Texts(block.GetProperty("text"), 3_000),
        "context" => block.GetProperty("elements").GetArrayLength() is >= 1 and <= 10 ? block.GetProperty("elements").EnumerateArray().Select(one => Texts(one, 3_000)).FirstOrDefault(wrong => wrong is not null) : "context",
        var other => other,
    };

    private static string? Texts(JsonElement text, int most) =>
        Text(text, "type") != "mrkdwn" || Text(text, "text").Length is 0 || Text(text, "text").Length > most || !text.GetProperty("verbatim").GetBoolean() ? "text" : Mrkdwn(Text(text, "text"));

    // Only links that we make ourselves may stand in angle brackets, and nothing may call a whole channel.
    private static string? Mrkdwn(string text) =>
        Link().Replace(text, "").AsSpan().ContainsAny('<', '>') ? "markup that is not ours" : Everybody().IsMatch(text) ? "calls everybody" : Entity().Replace(text, "").Contains('&', StringComparison.Ordinal) ? "unescaped &" : null;

    private static string? Unknown(JsonElement of, params string[] known) => of.EnumerateObject().Select(one => one.Name).Except(known).FirstOrDefault();

    private static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    [GeneratedRegex("<https?://[^<>|\\s]+\\|[A-Z][a-z]+>")]
    private static partial Regex Link();

    [GeneratedRegex("@(here|channel|everyone)", RegexOptions.IgnoreCase)]
    private static partial Regex Everybody();

    [GeneratedRegex("&(amp|lt|gt);")]
    private static partial Regex Entity();

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$")]
    private static partial Regex LabelName();
}
