using Amazon.EC2.Model;
using Watchdog.Detectors.Facts;
using Watchdog.Inventory;

namespace Watchdog.Aws;

/// <summary>EC2's status checks in our words.</summary>
internal static class StatusReading
{
    private const int MaxEvents = 10;

    /// <summary>EC2's words for a check that does not pass, or of which it cannot tell. A check that does not apply to a VM is none of them.</summary>
    public static readonly IReadOnlyList<string> NotPassing = ["impaired", "initializing", "insufficient-data"];

    /// <summary>Whether no check is in one of those states.</summary>
    public static bool Passes(InstanceStatus status) => !NotPassing.Contains(status.Status?.Status?.Value)
        && !NotPassing.Contains(status.SystemStatus?.Status?.Value) && !NotPassing.Contains(status.AttachedEbsStatus?.Status?.Value);

    public static ListedStatus Read(string id, InstanceStatus status)
    {
        var since = (status.Status?.Details ?? []).Select(d => d.ImpairedSince)
            .Concat((status.SystemStatus?.Details ?? []).Select(d => d.ImpairedSince))
            .Concat((status.AttachedEbsStatus?.Details ?? []).Select(d => d.ImpairedSince))
            .OfType<DateTime>().Select(at => InstanceReading.Utc(at)).Min();
        var facts = new StatusFacts(
            StateOf(status.Status?.Status?.Value), StateOf(status.SystemStatus?.Status?.Value), StateOf(status.AttachedEbsStatus?.Status?.Value), since);
        // A finished event stays listed for a week, its description marked.
        var events = (status.Events ?? [])
            .Where(e => e.Code is not null && e.Description?.StartsWith("[Completed]", StringComparison.Ordinal) != true
                && e.Description?.StartsWith("[Canceled]", StringComparison.Ordinal) != true)
            .Select(e => new ScheduledEvent(BoundedText.Line(e.Code!.Value, 64), Second(e.NotBefore), Second(e.NotAfter))).Distinct()
            .OrderBy(e => e.Code, StringComparer.Ordinal).ThenBy(e => e.NotBefore).ThenBy(e => e.NotAfter).Take(MaxEvents);
        return new(id, facts, [.. events]);
    }

    // EC2 tells whole seconds, and so does the stored word that the next listing is compared with.
    private static DateTimeOffset? Second(DateTime? at) =>
        InstanceReading.Utc(at) is { } known ? DateTimeOffset.FromUnixTimeSeconds(known.ToUnixTimeSeconds()) : null;

    private static CheckState StateOf(string? status) => status switch
    {
        "ok" => CheckState.Ok,
        "impaired" => CheckState.Impaired,
        "initializing" => CheckState.Initializing,
        _ => CheckState.Unknown,
    };
}
