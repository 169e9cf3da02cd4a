namespace Watchdog.Slo.Classing;

/// <summary>Arithmetic that no clock, however wrong, can throw out of.</summary>
internal static class Instants
{
    /// <summary>The minute that lies a time after an instant; the first or last one there is where it would lie beyond.</summary>
    public static int MinuteOf(DateTimeOffset instant, TimeSpan later)
    {
        var (minute, rest) = Math.DivRem(instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks + later.Ticks, TimeSpan.TicksPerMinute);
        return (int)Math.Clamp(rest < 0 ? minute - 1 : minute, int.MinValue, int.MaxValue);
    }
}
