using Watchdog.Detectors.Findings;

namespace Watchdog.Detectors.Verdicts;

/// <summary>Adds evidence up and says what it allows (DESIGN 4.7).</summary>
public static class Concluding
{
    /// <summary>Concludes.</summary>
    /// <param name="class">The class spoken of.</param>
    /// <param name="evidence">All pieces, for and against.</param>
    /// <param name="hypervisorAgrees">Whether the hypervisor's metrics agree with what the guest says; without it guest text never confirms.</param>
    /// <param name="options">Thresholds.</param>
    /// <param name="mayConfirm">A detector's own bar; false caps the verdict at suspicion.</param>
    public static Finding Conclude(FindingClass @class, IReadOnlyList<Evidence> evidence, bool hypervisorAgrees, VerdictOptions options, bool mayConfirm = true)
    {
        var logOdds = Weights.Prior;
        foreach (var piece in evidence)
        {
            logOdds += piece.Weight;
        }

        var score = 1 / (1 + Math.Exp(-logOdds));
        var verdict = mayConfirm && score >= options.Confirm && Suffices(evidence, hypervisorAgrees, options) ? Verdict.Confirmed
            : score >= options.Suspect ? Verdict.Suspicion
            : Verdict.Clear;
        return new Finding(@class, verdict, score, Reasons.Of(@class, evidence), evidence);
    }

    /// <summary>A finding that the data which would tell are absent.</summary>
    /// <param name="class">The class spoken of.</param>
    /// <param name="missing">One sentence: what is missing.</param>
    public static Finding CannotTell(FindingClass @class, string missing) => new(@class, Verdict.CannotTell, 0, missing, []);

    /// <summary>A finding that nothing speaks for the class.</summary>
    /// <param name="class">The class spoken of.</param>
    /// <param name="reason">One sentence.</param>
    public static Finding Clear(FindingClass @class, string reason) => new(@class, Verdict.Clear, 0, reason, []);

    private static bool Suffices(IReadOnlyList<Evidence> evidence, bool hypervisorAgrees, VerdictOptions options)
    {
        var families = FamiliesOf(evidence, options);
        var outside = (families & (Counted.Console | Counted.Status)) != 0;
        var inside = (families & Counted.Guest) != 0;
        if (!outside && !(inside && hypervisorAgrees))
        {
            return false;
        }

        foreach (var piece in evidence)
        {
            if (piece.Decisive && (hypervisorAgrees || piece.Family is Family.StatusChecks or Family.Console))
            {
                return true;
            }
        }

        return System.Numerics.BitOperations.PopCount((uint)families) >= 2;
    }

    private static Counted FamiliesOf(IReadOnlyList<Evidence> evidence, VerdictOptions options)
    {
        Span<double> sums = stackalloc double[Independence.Groups];
        foreach (var piece in evidence)
        {
            if (Independence.GroupOf(piece.Family) is var index and >= 0)
            {
                sums[index] += piece.Weight;
            }
        }

        Counted counted = 0;
        for (var i = 0; i < sums.Length; i++)
        {
            counted |= sums[i] >= options.LeastFamilyWeight ? (Counted)(1 << i) : 0;
        }

        return counted;
    }

    [Flags]
    private enum Counted
    {
        Hypervisor = 1,
        Guest = 2 | 4 | 8,
        Status = 16,
        Console = 32,
    }
}
