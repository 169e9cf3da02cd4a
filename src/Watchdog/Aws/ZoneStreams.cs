namespace Watchdog.Aws;

/// <summary>
/// How a listing is cut into page streams that run side by side: pages of one listing come one after the other, by token, and 150 of them take
/// minutes. EC2's filters know no negation, and a zone that nobody knows yet must not be missed; every zone's name ends in a letter or a
/// digit, and filters take wildcards: the streams together hold every ending once.
/// </summary>
internal static class ZoneStreams
{
    private const string Endings = "abcdefghijklmnopqrstuvwxyz0123456789";
    // Below it a second stream costs a page and saves none.
    private const int WorthAStream = 2_000;

    /// <summary>Values of filter <c>availability-zone</c>, one list a stream; a single empty list asks for all zones at once.</summary>
    /// <param name="seen">VMs by the last character of their zone, as the last listing showed them; empty when there was none.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IReadOnlyDictionary<char, int> seen)
    {
        var own = seen.Where(zone => zone.Value >= WorthAStream && Endings.Contains(zone.Key, StringComparison.Ordinal))
            .OrderByDescending(zone => zone.Value).ThenBy(zone => zone.Key).Select(zone => zone.Key).ToList();
        if (own.Count < 2)
        {
            return [[]];
        }

        // The smallest takes all that have none of their own.
        var rest = own[^1];
        return [.. own.SkipLast(1).Select(ending => (IReadOnlyList<string>)[$"*{ending}"]), [.. Endings.Where(ending => ending == rest || !own.Contains(ending)).Select(ending => $"*{ending}")]];
    }
}
