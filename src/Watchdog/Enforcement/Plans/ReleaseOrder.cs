namespace Watchdog.Enforcement.Plans;

/// <summary>What a release act's plan column says until the plan is made: how the person asked for it.</summary>
/// <param name="Force">Restore even where somebody changed what Watchdog had set.</param>
public sealed record ReleaseOrder(bool Force);
