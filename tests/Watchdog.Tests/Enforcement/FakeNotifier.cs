using System.Globalization;
using System.Text.Json;
using Watchdog.Enforcement.Notifying;
using Watchdog.Inventory;

namespace Watchdog.Tests.Enforcement;

/// <summary>Takes every message, and lets the guest answer at once that it was told, unless a test gives it other words.</summary>
internal sealed class FakeNotifier(FakeGuests guests) : INotifier
{
    /// <summary>What was told, in order, e.g. <c>i-1 idle 15</c>.</summary>
    public List<string> Told { get; } = [];
    /// <summary>What the guest prints; null while it has not answered.</summary>
    public Func<GuestMessage, Guid, string?> Says { get; set; } = Answer;
    /// <summary>Called before SSM takes a command; may throw.</summary>
    public Action? Before { get; set; }

    public Task<string> SendAsync(Scope scope, string instanceId, GuestMessage what, Guid operation, CancellationToken ct)
    {
        Before?.Invoke();
        Told.Add(string.Create(CultureInfo.InvariantCulture, $"{instanceId} {what.Code} {what.Minutes}"));
        var id = string.Create(CultureInfo.InvariantCulture, $"notice-{Told.Count}");
        guests.Heard[id] = Says(what, operation);
        return Task.FromResult(id);
    }

    /// <summary>What a guest prints that did as it was asked to.</summary>
    public static string? Answer(GuestMessage what, Guid operation) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["v"] = 1, ["operation"] = operation.ToString(), ["code"] = what.Code, ["minutes"] = what.Minutes, ["state"] = "told", ["wall"] = true, ["motd"] = true, ["end"] = true,
    });
}
