using System.Globalization;
using System.Text.Json;
using Watchdog.Enforcement.Restraining;
using Watchdog.Inventory;

namespace Watchdog.Tests.Enforcement;

/// <summary>Takes every command, and lets the guest answer at once: honestly, unless a test gives it other words.</summary>
internal sealed class FakeRestrainer(FakeGuests guests) : IRestrainer
{
    /// <summary>What was asked for, in order.</summary>
    public List<Restraint> Sent { get; } = [];
    /// <summary>What the guest prints; null while it has not answered.</summary>
    public Func<Restraint, Guid, string?>? Says { get; set; }
    /// <summary>Called before SSM takes a command; may throw.</summary>
    public Action? Before { get; set; }
    /// <summary>Called after SSM took a command; may throw, as when its answer is lost.</summary>
    public Action? After { get; set; }

    public Task<string> SendAsync(Scope scope, string instanceId, Restraint what, Guid operation, CancellationToken ct)
    {
        Before?.Invoke();
        Sent.Add(what);
        var id = string.Create(CultureInfo.InvariantCulture, $"restraint-{Sent.Count}");
        guests.Heard[id] = Says is null ? Honest(what, operation) : Says(what, operation);
        After?.Invoke();
        return Task.FromResult(id);
    }

    /// <summary>What a guest prints that does as it is told; <paramref name="used"/> are its process's clock ticks.</summary>
    public static string Answer(Restraint what, Guid operation, string state, double up = 9_000, long? used = null, string why = "", int outside = 0, string? limit = null) =>
        JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["v"] = 1, ["operation"] = operation.ToString(), ["action"] = what.Action, ["state"] = state, ["why"] = why, ["pid"] = what.Pid, ["start"] = what.StartTicks,
            ["up"] = up, ["used"] = used, ["by"] = "v2", ["cpu"] = limit ?? (state == "capped" ? what.Limit : ""), ["tasks"] = what.Crowd ? "1" : "max",
            ["procs"] = state == "capped" ? 1 : null, ["outside"] = outside, ["before"] = "/", ["end"] = true,
        });

    // A fifth of a core between two answers that are a minute apart.
    private string Honest(Restraint what, Guid operation) => what.Action switch
    {
        RestraintActions.Cap => Answer(what, operation, "capped", 9_000 + (60 * Sent.Count), 5_000 + (1_200 * Sent.Count)),
        RestraintActions.End => Answer(what, operation, "ended"),
        _ => Answer(what, operation, "lifted"),
    };
}
