using Watchdog.Detectors.Findings;

namespace Watchdog.Policy;

/// <summary>Who may start no VM: what the worker answers the provider's control plane.</summary>
public sealed class AdmissionOptions
{
    /// <summary>How long a rung <c>block</c> holds from its verification on. 0 to 3,650 days, default 30.00:00:00; a release of the case ends it at once.</summary>
    public TimeSpan Block { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// The classes for which a contained VM, while its case is open, keeps its owner from starting others: a list such as <c>miner, forkbomb</c>, or
    /// <c>none</c> (default): one verdict that nobody has reviewed takes one VM.
    /// </summary>
    public string HeldClasses { get; set; } = "none";

    /// <summary><see cref="HeldClasses"/>, read; words that are no class stay, for the check at start to name.</summary>
    internal IEnumerable<string> Classes => HeldClasses.Trim() is "none" or "" ? []
        : HeldClasses.Split(',').Select(word => word.Trim());

    /// <summary>What is wrong, a sentence each.</summary>
    internal IEnumerable<string> Errors()
    {
        if (Block < TimeSpan.Zero || Block > TimeSpan.FromDays(3_650))
        {
            yield return $"{PolicyOptions.Section}:Admission:Block is {Block:c}; it must be 0 to 3,650 days.";
        }

        string[] known = [.. new[] { FindingClass.Miner, FindingClass.ForkBomb, FindingClass.Runaway, FindingClass.Panic }.Select(Finding.NameOf)];
        foreach (var word in Classes.Except(known, StringComparer.Ordinal))
        {
            yield return $"{PolicyOptions.Section}:Admission:HeldClasses names '{word}'; it must be none or a list of {string.Join(", ", known)}.";
        }
    }
}
