using NodaTime;
using NodaTime.TimeZones;

namespace Watchdog.IdleShutdown;

/// <summary>From the clock on the wall to the instant: every local time has exactly one, also where the clocks change.</summary>
internal static class LocalTimes
{
    // One that the clocks skip is the first instant after the gap; one that they show twice, the earlier.
    private static readonly ZoneLocalMappingResolver Once = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>The instant at which a zone's clocks show, or pass over, a local time.</summary>
    public static Instant At(this DateTimeZone zone, LocalDateTime local) => zone.ResolveLocal(local, Once).ToInstant();

    /// <summary>The zone of an IANA name, e.g. <c>Europe/Berlin</c>, by the zone database that Watchdog carries.</summary>
    /// <exception cref="FormatException">There is no such zone.</exception>
    public static DateTimeZone ZoneOf(string? name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name?.Trim() ?? "")
        ?? throw new FormatException($"'{name}' is no time zone; take a name of the IANA database such as Europe/Berlin (UTC+1 or CET-1 are none)");
}
