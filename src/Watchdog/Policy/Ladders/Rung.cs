using Watchdog.Ledger;

namespace Watchdog.Policy.Ladders;

/// <summary>What can be made of a finding, the gentlest first. A ladder takes some of them, in this order.</summary>
public enum Rung
{
    /// <summary>A case for people to see; nothing is done.</summary>
    Observe,
    /// <summary>The owner is told.</summary>
    Warn,
    /// <summary>The next rung waits for a person; when nobody has ruled in time, it may begin by itself.</summary>
    Propose,
    /// <summary>One process in the guest is capped.</summary>
    Restrain,
    /// <summary>Every network interface into the containment group.</summary>
    Quarantine,
    /// <summary>RebootInstances.</summary>
    Reboot,
    /// <summary>StopInstances.</summary>
    Stop,
    /// <summary>The owner may start no VM.</summary>
    Block,
}

/// <summary>Rungs as settings and the ledger write them.</summary>
public static class Rungs
{
    /// <summary>Lower case, as in column <c>case_ladder.rung</c> and in the settings.</summary>
    public static string NameOf(Rung rung) => rung switch
    {
        Rung.Observe => "observe",
        Rung.Propose => "propose",
        _ => KindOf(rung)!,
    };

    /// <summary>The kind of act that the rung is; null for those that are none.</summary>
    public static string? KindOf(Rung rung) => rung switch
    {
        Rung.Warn => ActKinds.Warn,
        Rung.Restrain => ActKinds.Restrain,
        Rung.Quarantine => ActKinds.Quarantine,
        Rung.Reboot => ActKinds.Reboot,
        Rung.Stop => ActKinds.Stop,
        Rung.Block => ActKinds.Block,
        _ => null,
    };

    /// <summary>The rung of a kind of act; null for a release.</summary>
    public static Rung? OfKind(string kind) => Enum.GetValues<Rung>().Where(rung => KindOf(rung) == kind).Cast<Rung?>().FirstOrDefault();

    /// <summary>Reads a list such as <c>restrain, stop</c>; <c>all</c> and <c>none</c> stand for themselves.</summary>
    /// <exception cref="FormatException">A word is no rung.</exception>
    public static IReadOnlyList<Rung> Read(string text) => text.Trim() switch
    {
        "all" => Enum.GetValues<Rung>(),
        "none" or "" => [],
        var list => [.. list.Split(',').Select(word => ReadOne(word.Trim()))],
    };

    /// <summary>Reads one rung.</summary>
    /// <exception cref="FormatException">The word is no rung.</exception>
    public static Rung ReadOne(string word)
    {
        foreach (var rung in Enum.GetValues<Rung>())
        {
            if (string.Equals(NameOf(rung), word, StringComparison.OrdinalIgnoreCase))
            {
                return rung;
            }
        }

        throw new FormatException($"'{word}' is no rung; the rungs are {string.Join(", ", Enum.GetValues<Rung>().Select(NameOf))}");
    }
}
