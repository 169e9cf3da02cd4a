using System.Text.Encodings.Web;
using System.Text.Json;

namespace Watchdog.Owners.Notices;

/// <summary>The kinds of notice; the names in the message's <c>type</c>.</summary>
public static class NoticeTypes
{
    /// <summary>The owner is warned; nothing was done.</summary>
    public const string Warned = "owner.vm.warned";
    /// <summary>A VM was restrained, isolated, rebooted or stopped.</summary>
    public const string Contained = "owner.vm.contained";
    /// <summary>What was done did not hold the VM, and more is done.</summary>
    public const string Escalated = "owner.vm.escalated";
    /// <summary>What was done is undone.</summary>
    public const string Released = "owner.vm.released";
    /// <summary>The owner may start no VM.</summary>
    public const string Blocked = "owner.blocked";
    /// <summary>A VM that nobody uses will be stopped.</summary>
    public const string IdleWarning = "vm.idle_warning";
    /// <summary>A stop that was announced does not come.</summary>
    public const string IdleCancelled = "vm.idle_cancelled";
    /// <summary>Sent by <c>watchdog notices test</c>.</summary>
    public const string Test = "owner.test";
}

/// <summary>What a notice stands on.</summary>
/// <param name="Class">The case's class, lower case.</param>
/// <param name="Act">The act's kind; null when it is about none.</param>
/// <param name="Since">When the behaviour began.</param>
/// <param name="Sides">The families of the evidence for it, as the ledger writes them (<c>guest-processes</c>).</param>
/// <param name="Mistake">Whether a person ruled that it was none of what the case said.</param>
/// <param name="ClockAt">When the case's clock falls due; null: it has none.</param>
/// <param name="ClockDoes"><c>release</c> or <c>escalate</c>.</param>
/// <param name="BlockedUntil">Until when the owner may start no VM, for such a notice.</param>
public sealed record NoticeFacts(
    string Type, DateTimeOffset At, long CaseId, string InstanceId, string Owner, string Class, long? ActId, string? Act, DateTimeOffset Since,
    IReadOnlyList<string> Sides, bool Mistake, DateTimeOffset? ClockAt, string? ClockDoes, DateTimeOffset? BlockedUntil);

/// <summary>A notice as JSON; its names are a contract (docs/api.md).</summary>
public static class NoticeJson
{
    private static readonly JsonSerializerOptions Shape = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    /// <param name="appealUrl">By which the owner objects; null: there is none.</param>
    public static string Of(NoticeFacts facts, DateTimeOffset appealUntil, string? appealContact, Uri? appealUrl)
    {
        var (title, text) = NoticeText.Of(facts, appealUntil, appealContact, appealUrl);
        return JsonSerializer.Serialize(new
        {
            facts.Type,
            Timestamp = facts.At.UtcDateTime,
            Data = new
            {
                facts.Owner, facts.InstanceId, facts.CaseId, facts.Class, facts.ActId, facts.Act, Since = facts.Since.UtcDateTime, Title = title, Text = text,
                Clock = facts.ClockAt is { } at ? new { At = at.UtcDateTime, Does = facts.ClockDoes } : null,
                AppealUntil = facts.Type is NoticeTypes.Released ? (DateTime?)null : appealUntil.UtcDateTime, AppealContact = appealContact,
                AppealUrl = appealUrl?.AbsoluteUri,
                BlockedUntil = facts.BlockedUntil?.UtcDateTime,
            },
        }, Shape);
    }
}
