using System.Globalization;
using Watchdog.Ledger;
using Watchdog.Reports.Queue;

namespace Watchdog.Reports.Api;

/// <summary>
/// Where the next page of cases goes on: after a case, named by what it is ordered by and its number, so that new ones shift nothing. Each order has a form of its own.
/// </summary>
internal static class CaseCursor
{
    /// <summary>After a case, newest first.</summary>
    public static string Newest(CaseRecord last) => string.Create(CultureInfo.InvariantCulture, $"{last.OpenedAt.UtcTicks}-{last.Id}");

    /// <summary>After a case, worst first.</summary>
    public static string Worst(CaseRecord last) => QueuePlace.Of(last) is var place
        ? string.Create(CultureInfo.InvariantCulture, $"{place.Class}-{BitConverter.DoubleToInt64Bits(place.Score):x}-{place.OpenedAt.UtcTicks}-{place.Id}") : "";

    /// <summary>Reads one of <see cref="Newest"/>; null: it is none.</summary>
    public static (DateTimeOffset OpenedAt, long Id)? ReadNewest(string text) => text.Split('-') is [var ticks, var id] && Instant(ticks) is { } at && Number(id) is { } of ? (at, of) : null;

    /// <summary>Reads one of <see cref="Worst"/>; null: it is none.</summary>
    public static QueuePlace? ReadWorst(string text) =>
        text.Split('-') is [.. var name, var score, var ticks, var id] && name.Length > 0
        && long.TryParse(score, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) && BitConverter.Int64BitsToDouble(bits) is var sure && double.IsFinite(sure)
        && Instant(ticks) is { } at && Number(id) is { } of
            ? new QueuePlace(string.Join('-', name), sure, at, of) : null;

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Instant(string text) => Number(text) is { } ticks && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
}
