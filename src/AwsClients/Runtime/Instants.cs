using System.Globalization;

namespace Amazon.Wire;

/// <summary>AWS's two notations of an instant: ISO 8601 text and seconds since 1970. Both read as UTC.</summary>
internal static class Instants
{
    internal static DateTime Parse(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    /// <summary>Whole milliseconds, AWS's precision: a double of today's seconds cannot carry more.</summary>
    /// <exception cref="FormatException">Outside the years 1 to 9999, or not a number.</exception>
    internal static DateTime FromEpoch(double seconds) =>
        seconds is > -62_135_596_800d and < 253_402_300_800d
            ? DateTime.UnixEpoch.AddMilliseconds(Math.Round(seconds * 1000))
            : throw new FormatException($"{seconds} is not an instant.");

    /// <summary>A time without a kind is taken for UTC.</summary>
    internal static decimal ToEpoch(DateTime instant)
    {
        var utc = instant.Kind == DateTimeKind.Local ? instant.ToUniversalTime() : instant;
        return Math.Floor((decimal)(utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond) / 1000;
    }
}
