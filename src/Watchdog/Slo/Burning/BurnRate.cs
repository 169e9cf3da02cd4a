using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Burning;

/// <summary>The arithmetic of burn rates: exact, in decimals.</summary>
public static class BurnRate
{
    /// <summary>(bad / (good + bad)) / (1 - target): 1 spends the budget just in time; null where no minute counts.</summary>
    public static decimal? Of(Tally window, decimal target) =>
        window.Good + window.Bad is var counted and > 0 ? (decimal)window.Bad / counted / (1 - target) : null;

    /// <summary>Whether the window burns at the factor or faster.</summary>
    public static bool Reaches(Tally window, decimal target, decimal factor) =>
        window.Good + window.Bad is var counted and > 0 && window.Bad >= factor * (1 - target) * counted;

    /// <summary>
    /// VM-minutes that a window must hold more than: with these, <paramref name="blip"/> bad minutes alone would reach the factor over the long window. The
    /// short one must hold its share of them, that is as many VMs.
    /// </summary>
    public static decimal LeastVolume(BurnRung rung, decimal target, int blip, int window) =>
        blip / (rung.Factor * (1 - target)) * window / rung.LongMinutes;

    /// <summary>How long a share of the VMs must be down, after a clean window, until the long window reaches the factor; null where never.</summary>
    /// <param name="down">Over 0, up to 1.</param>
    public static TimeSpan? TimeToReach(BurnRung rung, decimal target, decimal down) =>
        rung.Factor * (1 - target) is var need && need > down ? null : TimeSpan.FromMinutes((double)(need * rung.LongMinutes / down));
}
