using Watchdog.Detectors.Findings;

namespace Watchdog.Policy.Ladders;

/// <summary>What a finding stands on, counted anew: the policy does not take a verdict's word for it (DESIGN law 3).</summary>
/// <param name="Families">Independent families that speak for it.</param>
/// <param name="Inside">Whether one of them is from inside the guest, the console or the status checks.</param>
/// <param name="Decisive">Whether a piece is decisive.</param>
public readonly record struct Grounds(int Families, bool Inside, bool Decisive)
{
    /// <summary>Counts a finding's evidence.</summary>
    public static Grounds Of(Finding finding)
    {
        Span<double> sums = stackalloc double[Independence.Groups];
        var decisive = false;
        foreach (var piece in finding.Evidence)
        {
            if (Independence.GroupOf(piece.Family) is var group and >= 0)
            {
                sums[group] += piece.Weight;
                decisive |= piece is { Decisive: true, Weight: > 0 };
            }
        }

        var (families, inside) = (0, false);
        for (var group = 0; group < sums.Length; group++)
        {
            families += sums[group] > 0 ? 1 : 0;
            inside |= sums[group] > 0 && group != Independence.Hypervisor;
        }

        return new(families, inside, decisive);
    }

    /// <summary>The least that DESIGN 4.7 asks for before an act.</summary>
    public bool Suffice => Inside && (Families >= 2 || Decisive);

    /// <summary>Whether they are what a rule asks for.</summary>
    public bool Meet(EvidenceNeed need) => Suffice && need switch
    {
        EvidenceNeed.TwoFamilies => Families >= 2,
        EvidenceNeed.Decisive => Decisive,
        _ => true,
    };
}
