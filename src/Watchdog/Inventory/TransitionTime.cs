using System.Globalization;
using System.Text.RegularExpressions;

namespace Watchdog.Inventory;

/// <summary>When a VM entered the state that it is listed in: EC2's word where it gives one that fits, else the instant of the listing.</summary>
public static partial class TransitionTime
{
    /// <summary>Picks the instant.</summary>
    /// <param name="from">State before; null on first sight.</param>
    /// <param name="since">When the state before began; null on first sight. EC2 repeats a stop's time from <c>stopping</c> to
    /// <c>stopped</c>: only a time after this one is news.</param>
    /// <param name="state">State as listed.</param>
    /// <param name="launched">EC2's LaunchTime.</param>
    /// <param name="reason">EC2's StateTransitionReason text; null when empty.</param>
    /// <param name="observed">The instant of the listing.</param>
    public static DateTimeOffset Of(
        string? from, DateTimeOffset? since, string state, DateTimeOffset launched, string? reason, DateTimeOffset observed)
    {
        DateTimeOffset? said = state switch
        {
            "pending" => launched,
            // LaunchTime is when it entered pending; seen from there, running began later.
            "running" when from != "pending" => launched,
            "stopping" or "stopped" or "shutting-down" or "terminated" => Parse(reason),
            _ => null,
        };
        return said is { } at && at <= observed && (since is not { } before || at > before) ? at : observed;
    }

    /// <summary>The instant inside EC2's text <c>User initiated (2026-11-22 10:00:00 GMT)</c>; null when it holds none.</summary>
    public static DateTimeOffset? Parse(string? reason) =>
        reason is not null && Stamp().Match(reason) is { Success: true } match
        && DateTimeOffset.TryParseExact(match.Groups[1].ValueSpan, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at : null;

    [GeneratedRegex(@"\((\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) (?:GMT|UTC)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Stamp();
}
