using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Enforcement.Plans;
using Watchdog.Ledger;

namespace Watchdog.Enforcement.Steps;

/// <summary>
/// Takes one interface through the allow-all group into the containment group. In between the VM is open: the tokens of all calls are
/// taken first, and where the second call has not succeeded in time the old groups are put back.
/// </summary>
public sealed class IsolateStep(
    IActuator actuator, VmReader reader, StepGate gate, Exposure exposure, StepJournal journal, Clocks clocks, IOptions<EnforcementOptions> options,
    ILogger<IsolateStep> log) : IStep
{
    /// <summary>In, through, and the way back.</summary>
    private const int Calls = 3;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Kinds { get; } = [StepKinds.Isolate];

    /// <inheritdoc/>
    public async Task<StepOutcome> AdvanceAsync(StepRun run, CancellationToken ct)
    {
        var wanted = LedgerJson.Read<Shape>(run.Step.WantedJson);
        var view = await reader.ReadAsync(run.Scope, run.Act, guards: false, ct);
        if (wanted.HoldsOn(view, run.Step.Target))
        {
            await exposure.CoveredAsync(run, "seen", ct);
            await journal.DoneAsync(run.Fence, run.Step, clocks.Fleet.GetUtcNow(), run.Step.State == StepStates.Planned ? "was so already" : "seen", ct);
            return StepOutcome.Done;
        }

        if (run.Step.CalledAt is { } called && clocks.Fleet.GetUtcNow() < called.AddSeconds(options.Value.SettleSeconds))
        {
            return StepOutcome.Called;
        }

        if (run.Step.Attempts >= options.Value.MostCalls)
        {
            return StepOutcome.Hopeless;
        }

        await actuator.ReserveGroupChangesAsync(run.Scope, Calls, ct);
        if (!await gate.OpenAsync(run, exposing: true, ct))
        {
            return StepOutcome.Braked;
        }

        await PassThroughAsync(run, wanted, ct);
        await exposure.CoveredAsync(run, "isolated", CancellationToken.None);
        if (wanted.HoldsOn(await reader.ReadAsync(run.Scope, run.Act, guards: false, ct), run.Step.Target))
        {
            await journal.DoneAsync(run.Fence, run.Step, clocks.Fleet.GetUtcNow(), "called and seen", ct);
            return StepOutcome.Done;
        }

        await journal.CalledAsync(run.Fence, run.Step, clocks.Fleet.GetUtcNow(), ct);
        return StepOutcome.Called;
    }

    private async Task PassThroughAsync(StepRun run, Shape wanted, CancellationToken ct)
    {
        var opened = clocks.Wall.GetTimestamp();
        try
        {
            await actuator.SetReservedGroupsAsync(run.Scope, run.Step.Target, wanted.Via!, ct);
        }
        catch (ActuatorException refused) when (IsFinal(refused) || refused.Error == ActuatorError.Throttled)
        {
            // AWS said no: nothing was opened.
            await exposure.CoveredAsync(run, $"the allow-all group was refused: {refused.Code}", CancellationToken.None);
            throw;
        }
        catch (Exception lost) when (lost is ActuatorException or OperationCanceledException)
        {
            // It may have been opened.
            await PutBackAsync(run, "nobody knows whether the allow-all group was set");
            throw;
        }

        // The second call is the one that closes what the first one opened: a shutdown waits for it.
        try
        {
            await ContainAsync(run, wanted, opened);
        }
        catch (ActuatorException refused) when (IsFinal(refused))
        {
            // The group was deleted meanwhile, or the permission taken: another second in the open brings neither back.
            await PutBackAsync(run, $"the containment group was refused: {refused.Code}");
            throw;
        }
    }

    private async Task ContainAsync(StepRun run, Shape wanted, long opened)
    {
        while (!await TryContainAsync(run, wanted, opened))
        {
            if (clocks.Wall.GetElapsedTime(opened).TotalSeconds >= options.Value.ExposureSeconds)
            {
                await PutBackAsync(run, "the containment group could not be set in time");
                throw new ActuatorException(ActuatorError.Transient, "IsolationPutBack",
                    $"{run.Step.Target} has its old groups back: the containment group could not be set within {options.Value.ExposureSeconds} s");
            }

            await gate.AssertOwnAsync(run);
        }
    }

    private async Task<bool> TryContainAsync(StepRun run, Shape wanted, long opened)
    {
        var left = TimeSpan.FromSeconds(options.Value.ExposureSeconds) - clocks.Wall.GetElapsedTime(opened);
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        using var limit = new CancellationTokenSource(left, clocks.Wall);
        try
        {
            await actuator.SetReservedGroupsAsync(run.Scope, run.Step.Target, wanted.Groups!, limit.Token);
            return true;
        }
        catch (Exception fault) when (fault is OperationCanceledException || (fault is ActuatorException refused && !IsFinal(refused)))
        {
            Log.IsolationFaltered(log, run.Step.Target, fault.Message);
            try
            {
                await Task.Delay(Exposure.Breath, clocks.Wall, limit.Token);
            }
            catch (OperationCanceledException)
            {
                // The time is up; the caller sees.
            }

            return false;
        }
    }

    private static bool IsFinal(ActuatorException refused) => refused.Error is ActuatorError.Denied or ActuatorError.Configuration;

    private async Task PutBackAsync(StepRun run, string why)
    {
        await gate.AssertOwnAsync(run);
        await exposure.PutBackAsync(run.Scope, run.Step.Target, LedgerJson.Read<Shape>(run.Step.UndoJson ?? run.Step.BeforeJson));
        await exposure.CoveredAsync(run, $"{why}; the old groups are back", CancellationToken.None);
    }
}
