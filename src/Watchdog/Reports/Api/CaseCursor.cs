using System.Globalization;
using Watchdog.Ledger;

namespace Watchdog.Reports.Api;

/// <summary>Where the next page of cases goes on, newest first: a case is named by when it was opened and its number, so that new ones shift nothing.</summary>
internal static class CaseCursor
{
    /// <summary>After a case.</summary>
    public static string Write(CaseRecord last) => string.Create(CultureInfo.InvariantCulture, $"{last.OpenedAt.UtcTicks}-{last.Id}");

    /// <summary>Reads it.</summary>
    public static bool TryRead(string text, out (long Ticks, long Id) below)
    {
        below = default;
        return text.Split('-') is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out below.Ticks) && below.Ticks <= DateTimeOffset.MaxValue.UtcTicks
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out below.Id);
    }
}
