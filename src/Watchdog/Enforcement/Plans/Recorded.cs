using Watchdog.Ledger;

namespace Watchdog.Enforcement.Plans;

/// <summary>A journalled step that is in force on a VM: what was there, what Watchdog set, and what a release puts back.</summary>
/// <param name="Settled">False while the effect of a call that may have been made has not been seen.</param>
public sealed record Recorded(string Kind, string Target, Shape Before, Shape Wanted, Shape Undo, bool Settled, DateTimeOffset StartedAt)
{
    /// <summary>Reads a step of the journal that was begun and can be undone.</summary>
    public static Recorded Of(StepRecord step) => new(
        step.Kind, step.Target, LedgerJson.Read<Shape>(step.BeforeJson), LedgerJson.Read<Shape>(step.WantedJson),
        LedgerJson.Read<Shape>(step.UndoJson!), step.State == StepStates.Done, step.StartedAt!.Value);
}
