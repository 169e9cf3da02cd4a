using static System.FormattableString;

namespace Watchdog.Policy.Trust;

/// <summary>Whether a detector may act by itself; pure.</summary>
public static class PrecisionRules
{
    /// <summary>
    /// Decides. The share itself is held against the floor, not the upper end of its interval: an act that was wrong costs more than the minute
    /// that a person needs for a proposal. One that is demoted comes back only by rulings, not because they have grown old.
    /// </summary>
    /// <returns>Whether it is demoted, and why.</returns>
    public static (bool Demoted, string Reason) Decide(RulingCounts counts, bool demoted, PrecisionOptions options)
    {
        if (options.Floor <= 0)
        {
            return (false, "no floor is set");
        }

        if (counts.Counted < options.LeastRulings)
        {
            return (demoted, Invariant($"{counts.Counted} rulings count, of the {options.LeastRulings} that decide"));
        }

        var measured = counts.Measured;
        var share = Invariant($"{measured.Right} of {counts.Counted} ruled {counts.Class} cases were right: {measured.Share:0.00} ({measured.Low:0.00} to {measured.High:0.00})");
        return measured.Share < options.Floor
            ? (true, Invariant($"{share}, under the floor of {options.Floor}"))
            : (false, Invariant($"{share}, the floor is {options.Floor}"));
    }
}
