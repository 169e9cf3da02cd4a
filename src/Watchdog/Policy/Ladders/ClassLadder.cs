using Watchdog.Ledger;

namespace Watchdog.Policy.Ladders;

/// <summary>A class's rule, read: what is tried, in which order, and what each step needs.</summary>
/// <param name="Rungs">In their order, each once.</param>
/// <param name="Approval">The rungs that wait for a person.</param>
/// <param name="DecisiveFrom">Where decisive evidence begins; null: at the first.</param>
/// <param name="ClimbAfter">States of an act after which the next rung may follow.</param>
/// <param name="QuietRungs">The rungs that may begin by themselves in quiet hours.</param>
public sealed record ClassLadder(
    IReadOnlyList<Rung> Rungs, IReadOnlyList<Rung> Approval, EvidenceNeed Evidence, Rung? DecisiveFrom, TimeSpan Persistence, TimeSpan BetweenRungs,
    IReadOnlyList<string> ClimbAfter, IReadOnlyList<Rung> QuietRungs)
{
    private static readonly string[] Endings = [ActStates.Verified, ActStates.Unverifiable, ActStates.Refused, ActStates.Failed];

    /// <summary>Reads a rule.</summary>
    /// <exception cref="FormatException">It makes no sense; the message says which word.</exception>
    public static ClassLadder Of(ClassRule rule)
    {
        var rungs = Ladders.Rungs.Read(rule.Ladder);
        if (rungs.Count == 0 || rungs.Zip(rungs.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new FormatException($"'{rule.Ladder}' does not climb: each rung stands at most once, in the order of {string.Join(", ", Enum.GetValues<Rung>().Select(Ladders.Rungs.NameOf))}");
        }

        if (rungs[^1] == Rung.Propose)
        {
            throw new FormatException($"'{rule.Ladder}' proposes nothing: a rung must follow 'propose'");
        }

        var decisive = string.IsNullOrWhiteSpace(rule.DecisiveFrom) ? (Rung?)null : Ladders.Rungs.ReadOne(rule.DecisiveFrom.Trim());
        if (decisive is { } from && !rungs.Contains(from))
        {
            throw new FormatException($"decisive evidence is to begin with '{rule.DecisiveFrom}', which is not on the ladder '{rule.Ladder}'");
        }

        string[] after = [.. rule.ClimbAfter.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        if (after.FirstOrDefault(word => !Endings.Contains(word)) is { } odd)
        {
            throw new FormatException($"'{odd}' is no ending to climb after; they are {string.Join(", ", Endings)}");
        }

        return new(rungs, Ladders.Rungs.Read(rule.Approval), rule.Evidence, decisive, rule.Persistence, rule.BetweenRungs, after, Ladders.Rungs.Read(rule.QuietRungs));
    }

    /// <summary>The first rung above one, or above all when there is none: its index, or the number of rungs.</summary>
    public int Above(Rung rung)
    {
        var index = 0;
        while (index < Rungs.Count && Rungs[index] <= rung)
        {
            index++;
        }

        return index;
    }

    /// <summary>The first rung from an index on that is an act; null when none is.</summary>
    public Rung? ActFrom(int index) => Rungs.Skip(index).Where(rung => Ladders.Rungs.KindOf(rung) is not null).Cast<Rung?>().FirstOrDefault();
}
