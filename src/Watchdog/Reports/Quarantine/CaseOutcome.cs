using Watchdog.Ledger;

namespace Watchdog.Reports.Quarantine;

/// <summary>What became of a case's VM; what people ruled stands beside it.</summary>
public enum CaseOutcome
{
    /// <summary>An act's effect was verified and is in force.</summary>
    Contained,
    /// <summary>An act's changes are in force and nothing proves that they hold.</summary>
    Unproven,
    /// <summary>An act is admitted or under way.</summary>
    UnderWay,
    /// <summary>An act waits for admission or for a person.</summary>
    Proposed,
    /// <summary>It would have been proposed; mode observe.</summary>
    Observed,
    /// <summary>Watchdog would not do it.</summary>
    Refused,
    /// <summary>The act ended without its effect.</summary>
    Failed,
    /// <summary>What was done was undone.</summary>
    Released,
    /// <summary>Nothing was done and nothing is proposed.</summary>
    Nothing,
}

/// <summary>Sorts cases by what became of them.</summary>
public static class CaseOutcomes
{
    // The first that holds of any act decides.
    private static readonly (CaseOutcome Outcome, string[] States)[] Order =
    [
        (CaseOutcome.Contained, [ActStates.Verified]),
        (CaseOutcome.UnderWay, [ActStates.Admitted, ActStates.Planned, ActStates.Executing]),
        (CaseOutcome.Unproven, [ActStates.Applied, ActStates.Unverifiable, ActStates.Escalated]),
        (CaseOutcome.Failed, [ActStates.Failed]),
        (CaseOutcome.Proposed, [ActStates.Proposed]),
        (CaseOutcome.Observed, [ActStates.Observed]),
        (CaseOutcome.Released, [ActStates.Released]),
        (CaseOutcome.Refused, [ActStates.Refused]),
    ];

    /// <summary>Kinds of act that change nothing of what a VM can do.</summary>
    public static string[] Harmless { get; } = [ActKinds.Warn, ActKinds.Release];

    /// <summary>The outcome of a case by its state and those of its containing acts.</summary>
    public static CaseOutcome Of(string state, IReadOnlyCollection<string> acts)
    {
        if (state == CaseStates.Released)
        {
            return CaseOutcome.Released;
        }

        foreach (var (outcome, ofThese) in Order)
        {
            if (ofThese.Any(acts.Contains))
            {
                return outcome;
            }
        }

        return CaseOutcome.Nothing;
    }

    /// <summary>Whether an act of the kind changes what a VM can do.</summary>
    public static bool Contains(string kind) => !Harmless.Contains(kind);

    /// <summary>The outcome in words, as tables and files name it.</summary>
    public static string NameOf(CaseOutcome outcome) => outcome switch
    {
        CaseOutcome.UnderWay => "under way",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
