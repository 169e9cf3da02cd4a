using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Storage;

namespace Watchdog.Enforcement.Steps;

/// <summary>A journalled step on its way, and under which lease.</summary>
/// <param name="MayGather">It may leave its call to one that many share: no step of its act comes after it.</param>
public sealed record StepRun(Scope Scope, Fence Fence, ActRecord Act, StepRecord Step, bool MayGather = false);

/// <summary>How a step stands after a run.</summary>
public enum StepEnd
{
    /// <summary>The VM was read and is as wanted, or the thing was taken.</summary>
    Done,
    /// <summary>AWS accepted the call; the effect is not visible yet. Later steps may begin.</summary>
    Called,
    /// <summary>It goes on at an instant; no later step begins before.</summary>
    Waits,
    /// <summary>It is ready for a call that many share; nothing is journalled yet.</summary>
    Gathers,
    /// <summary>The kill switch is on: no call was made.</summary>
    Braked,
    /// <summary>Its ground went away, and nothing was changed.</summary>
    Groundless,
    /// <summary>The call was made as often as allowed and its effect never became visible.</summary>
    Hopeless,
}

/// <summary>A step's outcome in a run.</summary>
/// <param name="End">How it stands.</param>
/// <param name="Until">For <see cref="StepEnd.Waits"/>: when it goes on, fleet time.</param>
/// <param name="Force">For <see cref="StepEnd.Gathers"/>: without waiting for the guest.</param>
/// <param name="Why">For <see cref="StepEnd.Groundless"/>: what took its ground away.</param>
public readonly record struct StepOutcome(StepEnd End, DateTimeOffset? Until = null, bool Force = false, string? Why = null)
{
    /// <summary>It is as wanted.</summary>
    public static readonly StepOutcome Done = new(StepEnd.Done);
    /// <summary>Accepted, not visible yet.</summary>
    public static readonly StepOutcome Called = new(StepEnd.Called);
    /// <summary>The kill switch is on.</summary>
    public static readonly StepOutcome Braked = new(StepEnd.Braked);
    /// <summary>Given up.</summary>
    public static readonly StepOutcome Hopeless = new(StepEnd.Hopeless);
    /// <summary>Its ground went away.</summary>
    public static StepOutcome Groundless(string why) => new(StepEnd.Groundless, Why: why);
    /// <summary>It goes on then.</summary>
    public static StepOutcome WaitsUntil(DateTimeOffset instant) => new(StepEnd.Waits, instant);
}

/// <summary>
/// One kind of step: goes on from what the journal says, and may be cut off at any point. It reads before it calls, journals before it
/// calls (<see cref="StepGate"/>), and believes nothing but what a read shows.
/// </summary>
public interface IStep
{
    /// <summary>The kinds that it carries out, of <see cref="Plans.StepKinds"/>.</summary>
    IReadOnlyCollection<string> Kinds { get; }

    /// <summary>Goes on with a step that is not done.</summary>
    /// <exception cref="ActuatorException">A call did not succeed; Gone when the VM is.</exception>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    Task<StepOutcome> AdvanceAsync(StepRun run, CancellationToken ct);
}
