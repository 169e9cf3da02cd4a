using System.Globalization;

namespace Watchdog.Slo.Telling;

/// <summary>Figures of the uptime books in words, for commands and pages alike.</summary>
public static class SloWords
{
    /// <summary>A share as percent, rounded down: nothing looks kept that was not.</summary>
    public static string Percent(double? share, int digits = 3)
    {
        var scale = Math.Pow(10, digits + 2);
        return share is { } known ? (Math.Floor((known * scale) + 1e-6) / scale * 100).ToString($"F{digits}", CultureInfo.InvariantCulture) + " %" : "-";
    }

    /// <summary>A target, as many digits as it has.</summary>
    public static string Target(decimal target) => (target * 100).ToString("0.#######", CultureInfo.InvariantCulture) + " %";

    /// <summary>A signed share of a budget: percent, or how many times over where percent would be long.</summary>
    public static string Share(double share) => share < -10
        ? string.Create(CultureInfo.InvariantCulture, $"{-share:N0} x over")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100):0} %");
}
