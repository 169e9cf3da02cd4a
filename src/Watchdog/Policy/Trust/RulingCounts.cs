using Watchdog.Ledger;

namespace Watchdog.Policy.Trust;

/// <summary>The latest rulings on a class's cases, by what they say.</summary>
public sealed record RulingCounts(string Class, int TruePositive, int BenignPositive, int FalsePositive, int Duplicate, int Indeterminate)
{
    /// <summary>No ruling.</summary>
    public static RulingCounts None(string @class) => new(@class, 0, 0, 0, 0, 0);

    /// <summary>
    /// Rulings that say whether an act was deserved. A benign positive counts as one that was not: the behaviour was there, and an act on it
    /// would have hit somebody who may do it. A duplicate and an open question say nothing.
    /// </summary>
    public int Counted => TruePositive + BenignPositive + FalsePositive;

    /// <summary>The share that was right, with its interval.</summary>
    public Precision Measured => Precision.Of(TruePositive, BenignPositive + FalsePositive);
}
