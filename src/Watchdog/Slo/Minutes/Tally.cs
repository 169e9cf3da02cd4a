namespace Watchdog.Slo.Minutes;

/// <summary>Minutes by class, and the sums that are made of them (slo-alerts definition: SLI, pessimistic, optimistic, coverage).</summary>
/// <param name="Good">Good VM-minutes.</param>
/// <param name="Bad">Bad VM-minutes.</param>
/// <param name="Excluded">Excluded VM-minutes.</param>
/// <param name="Unknown">VM-minutes that nobody can tell.</param>
public readonly record struct Tally(long Good, long Bad, long Excluded, long Unknown)
{
    /// <summary>Minutes in scope.</summary>
    public long All => Good + Bad + Excluded + Unknown;

    /// <summary>Good / (Good + Bad), 0 to 1; null without either.</summary>
    public double? Sli => Ratio(Good, Good + Bad);

    /// <summary>As if every unknown minute were bad; null without a minute that counts.</summary>
    public double? Pessimistic => Ratio(Good, Good + Bad + Unknown);

    /// <summary>As if every unknown minute were good; null without a minute that counts.</summary>
    public double? Optimistic => Ratio(Good + Unknown, Good + Bad + Unknown);

    /// <summary>Share of the minutes in scope that are known; null without a minute.</summary>
    public double? Coverage => Ratio(Good + Bad + Excluded, All);

    /// <summary>Both together.</summary>
    public static Tally operator +(Tally a, Tally b) => new(a.Good + b.Good, a.Bad + b.Bad, a.Excluded + b.Excluded, a.Unknown + b.Unknown);

    private static double? Ratio(long part, long whole) => whole == 0 ? null : (double)part / whole;
}
