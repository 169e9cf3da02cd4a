using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Objectives;

/// <summary>How many bad minutes a target allows in what was counted, and how many of them are left.</summary>
/// <param name="Minutes">(1 - target) x (good + bad).</param>
/// <param name="Left">What is left of them; negative once the promise is broken, and never clamped.</param>
public readonly record struct Budget(decimal Minutes, decimal Left)
{
    /// <summary>What is left as a share of the whole: 1 untouched, 0 spent, below 0 overspent; null where no minute counts.</summary>
    public double? Share => Minutes == 0 ? null : (double)(Left / Minutes);

    /// <summary>The budget of the minutes; the unknown and the excluded neither add to it nor spend it.</summary>
    /// <param name="minutes">What was counted.</param>
    /// <param name="target">Over 0, under 1.</param>
    public static Budget Of(Tally minutes, decimal target)
    {
        var whole = (1 - target) * (minutes.Good + minutes.Bad);
        return new(whole, whole - minutes.Bad);
    }
}
