using System.Text.Json;
using System.Text.Json.Serialization;

namespace Watchdog.Alerts.Notifications;

/// <summary>A notification as it lies in the outbox, and as the generic webhook sends it: snake case, enums as lower-case words.</summary>
public static class NotificationJson
{
    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Writes.</summary>
    public static string Write(Notification notification) => JsonSerializer.Serialize(notification, Shape);

    /// <summary>Writes a bulletin.</summary>
    public static string Write(Bulletin bulletin) => JsonSerializer.Serialize(bulletin, Shape);

    /// <summary>Reads a bulletin.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Bulletin ReadBulletin(string json) => JsonSerializer.Deserialize<Bulletin>(json, Shape) ?? throw new JsonException("the bulletin is null");

    /// <summary>A notification as a part of a larger document.</summary>
    public static JsonElement Element(Notification notification) => JsonSerializer.SerializeToElement(notification, Shape);

    /// <summary>Reads what <see cref="Write(Notification)"/> wrote.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Notification Read(string json) => JsonSerializer.Deserialize<Notification>(json, Shape) ?? throw new JsonException("the notification is null");
}
