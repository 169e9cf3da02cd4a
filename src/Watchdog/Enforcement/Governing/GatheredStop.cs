using Watchdog.Enforcement.Steps;

namespace Watchdog.Enforcement.Governing;

/// <summary>A stop whose turn to be called has come, set aside for a call that many share. Nothing of the call is journalled yet.</summary>
/// <param name="Run">The act and its stop step.</param>
/// <param name="Force">Without waiting for the guest.</param>
/// <param name="Before">How the act's earlier steps stand after this run.</param>
public sealed record GatheredStop(StepRun Run, bool Force, IReadOnlyList<StepOutcome> Before);
