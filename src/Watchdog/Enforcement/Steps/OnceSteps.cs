using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Enforcement.Plans;
using Watchdog.Ledger;

namespace Watchdog.Enforcement.Steps;

/// <summary>Snapshots of every volume. CreateSnapshots has no token: the operation's tag is looked for before each call.</summary>
public sealed class SnapshotStep(IActuator actuator, StepGate gate, StepJournal journal, Clocks clocks, IOptions<EnforcementOptions> options) : IStep
{
    /// <inheritdoc/>
    public IReadOnlyCollection<string> Kinds { get; } = [StepKinds.Snapshots];

    /// <inheritdoc/>
    public async Task<StepOutcome> AdvanceAsync(StepRun run, CancellationToken ct)
    {
        if (await actuator.FindSnapshotsAsync(run.Scope, run.Act.OperationId, ct) is { Count: > 0 } found)
        {
            await journal.DoneAsync(run.Fence, run.Step, clocks.Fleet.GetUtcNow(), string.Join(", ", found), ct);
            return StepOutcome.Done;
        }

        // The tag shows a little after the snapshots: within that time a second call would double them.
        if (run.Step.StartedAt is { } started && clocks.Fleet.GetUtcNow() < started.AddSeconds(options.Value.SettleSeconds))
        {
            return StepOutcome.Called;
        }

        if (run.Step.Attempts >= options.Value.MostCalls)
        {
            return StepOutcome.Hopeless;
        }

        if (!await gate.OpenAsync(run, exposing: false, ct))
        {
            return StepOutcome.Braked;
        }

        await actuator.SnapshotAsync(run.Scope, run.Act.InstanceId, run.Act.OperationId, $"Watchdog case {run.Act.CaseId}", ct);
        await journal.CalledAsync(run.Fence, run.Step, clocks.Fleet.GetUtcNow(), ct);
        return StepOutcome.Called;
    }
}

/// <summary>A reboot: EC2 shows no state change, so that it counts as done once it was accepted, and is not asked for twice.</summary>
public sealed class RebootStep(IActuator actuator, StepGate gate, StepJournal journal, Clocks clocks) : IStep
{
    /// <inheritdoc/>
    public IReadOnlyCollection<string> Kinds { get; } = [StepKinds.Reboot];

    /// <inheritdoc/>
    public async Task<StepOutcome> AdvanceAsync(StepRun run, CancellationToken ct)
    {
        var before = run.Step.StartedAt;
        if (before is null)
        {
            if (!await gate.OpenAsync(run, exposing: false, ct))
            {
                return StepOutcome.Braked;
            }

            try
            {
                await actuator.RebootAsync(run.Scope, run.Act.InstanceId, ct);
            }
            catch (ActuatorException refused) when (refused.Error is not ActuatorError.Transient)
            {
                // AWS said no: it may be asked again.
                await journal.NotCalledAsync(run.Fence, run.Step, ct);
                throw;
            }
        }

        await journal.DoneAsync(run.Fence, run.Step, clocks.Fleet.GetUtcNow(),
            before is null ? "accepted" : "begun before an interruption: its status checks say what came of it", ct);
        return StepOutcome.Done;
    }
}
