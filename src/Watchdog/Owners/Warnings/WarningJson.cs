using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Watchdog.IdleShutdown.Warnings;
using Watchdog.Owners.Notices;

namespace Watchdog.Owners.Warnings;

/// <summary>A warning of an idle stop, or its end, as JSON; its names are a contract (docs/api.md). Nothing that was seen inside the VM stands in it.</summary>
public static class WarningJson
{
    private static readonly JsonSerializerOptions Shape = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    /// <param name="type"><see cref="NoticeTypes.IdleWarning"/> or <see cref="NoticeTypes.IdleCancelled"/>.</param>
    /// <param name="link">By which the owner keeps the VM; null: there is none.</param>
    public static string Of(string type, DateTimeOffset at, WarningNote note, Uri? link, DateTimeOffset? linkUntil)
    {
        var (title, text) = TextOf(type, note, link);
        return JsonSerializer.Serialize(new
        {
            Type = type,
            Timestamp = at.UtcDateTime,
            Data = new
            {
                note.Owner, note.InstanceId, WarningId = note.Warning, Reason = note.Code, Deadline = note.Deadline.UtcDateTime, note.LeadMinutes,
                Late = note.Waits ? "wait" : "stop", Title = title, Text = text, HoldUrl = link?.AbsoluteUri, HoldUrlUntil = linkUntil?.UtcDateTime,
            },
        }, Shape);
    }

    private static (string Title, string Text) TextOf(string type, WarningNote note, Uri? link)
    {
        if (type == NoticeTypes.IdleCancelled)
        {
            return ($"Your VM {note.InstanceId} is not stopped", $"The stop of your VM {note.InstanceId} that was announced for {Minute(note.Deadline)} has been called off.");
        }

        var why = note.Code == MessageCodes.Schedule ? "is stopped by its schedule" : "does not seem to be in use, and is stopped";
        return ($"Your VM {note.InstanceId} will be stopped",
            $"Your VM {note.InstanceId} {why} at {Minute(note.Deadline)} at the earliest"
            + (note.Waits ? string.Create(CultureInfo.InvariantCulture, $", and no sooner than {note.LeadMinutes:0} minutes after this message") : "")
            + ". Its disks are kept; what is only in its memory is lost. You can start it again at any time. To keep it running, use it"
            + (link is null ? "." : $", or choose for how long: {link.AbsoluteUri}"));
    }

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
