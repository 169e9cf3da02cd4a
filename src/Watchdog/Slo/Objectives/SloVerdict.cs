using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Objectives;

/// <summary>Whether a promise was kept, as far as it can be told.</summary>
public enum SloVerdict
{
    /// <summary>Kept, even if every unknown minute was bad.</summary>
    Met,
    /// <summary>Broken, even if every unknown minute was good.</summary>
    Breached,
    /// <summary>The unknown minutes decide, or no minute counts.</summary>
    Undetermined,
}

/// <summary>Gives verdicts.</summary>
public static class SloVerdicts
{
    /// <summary>The verdict, by counting the unknown both ways; exact, without rounding.</summary>
    /// <param name="minutes">What was counted.</param>
    /// <param name="target">Over 0, under 1.</param>
    public static SloVerdict Of(Tally minutes, decimal target)
    {
        var whole = minutes.Good + minutes.Bad + minutes.Unknown;
        return whole == 0 ? SloVerdict.Undetermined
            : minutes.Good >= target * whole ? SloVerdict.Met
            : minutes.Good + minutes.Unknown < target * whole ? SloVerdict.Breached
            : SloVerdict.Undetermined;
    }
}
