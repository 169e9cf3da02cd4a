using System.Globalization;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Burning;

/// <summary>Whether a burn rate fires, and why.</summary>
/// <param name="Firing">It fires, or went on firing while frozen.</param>
/// <param name="Frozen">It could not be told, and stays what it was.</param>
/// <param name="Reason">The numbers, in a sentence.</param>
public sealed record BurnJudgement(bool Firing, bool Frozen, string Reason)
{
    /// <summary>Judges one rate of one group.</summary>
    /// <param name="target">The promise, over 0 and under 1.</param>
    /// <param name="rung">The rate and its windows.</param>
    /// <param name="wide">What the long window held; it ends at the watermark.</param>
    /// <param name="narrow">What the short one held.</param>
    /// <param name="wasFiring">What it was before.</param>
    /// <param name="options">When it can be told.</param>
    public static BurnJudgement Of(decimal target, BurnRung rung, Tally wide, Tally narrow, bool wasFiring, BurnOptions options)
    {
        var (longName, shortName) = (BurnRung.Spell(rung.LongMinutes), BurnRung.Spell(rung.ShortMinutes));
        if (wide.All == 0)
        {
            // Nobody is there to whom anything is promised. A scope that cannot be seen has unknown minutes, not none.
            return new(false, false, $"no VM was in scope in the last {longName}");
        }

        foreach (var (name, minutes, window) in ((string, int, Tally)[])[(longName, rung.LongMinutes, wide), (shortName, rung.ShortMinutes, narrow)])
        {
            if (WhyFrozen(name, window, BurnRate.LeastVolume(rung, target, options.BlipMinutes, minutes), options) is { } why)
            {
                return new(wasFiring, true, $"{why}: it stays {(wasFiring ? "firing" : "quiet")}");
            }
        }

        var firing = BurnRate.Reaches(wide, target, rung.Factor) && BurnRate.Reaches(narrow, target, rung.Factor);
        var (rate, now) = (BurnRate.Of(wide, target)!.Value, BurnRate.Of(narrow, target)!.Value);
        var lasts = firing ? string.Create(CultureInfo.InvariantCulture, $"; at {rate:0.0} a budget of 28 days lasts {Lasting(28 * 24 / rate)}") : "";
        return new(firing, false, string.Create(
            CultureInfo.InvariantCulture,
            $"burns {rate:0.00} times its budget over {longName} ({wide.Bad:N0} of {wide.Good + wide.Bad:N0} VM-minutes bad) and {now:0.00} times over {shortName}; {rung.Factor} over both fires{lasts}"));
    }

    private static string? WhyFrozen(string name, Tally window, decimal least, BurnOptions options)
    {
        var known = window.All - window.Unknown;
        return known < options.LeastCoverage * window.All || window.All == 0
            ? string.Create(CultureInfo.InvariantCulture, $"only {(double)known / Math.Max(1, window.All):P1} of the last {name} is known, {options.LeastCoverage:P0} are needed")
            : options.BlipMinutes > 0 && window.Good + window.Bad <= least
            ? string.Create(CultureInfo.InvariantCulture, $"{window.Good + window.Bad:N0} VM-minutes count in the last {name}, and one VM that is away for {options.BlipMinutes} min must not page: more than {least:N0} are needed")
            : window.Good + window.Bad == 0 ? $"no minute of the last {name} counts"
            : null;
    }

    private static string Lasting(decimal hours) => hours >= 48
        ? string.Create(CultureInfo.InvariantCulture, $"{hours / 24:0.0} days")
        : string.Create(CultureInfo.InvariantCulture, $"{hours:0.0} hours");
}
