using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Diagnostics.Logging;
using Watchdog.Enforcement.Governing;
using Watchdog.Enforcement.Plans;
using Watchdog.Enforcement.Steps;
using Watchdog.Enforcement.Verifying;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Storage;

namespace Watchdog.Enforcement;

/// <summary>What came of an act in this run.</summary>
public enum ActOutcome
{
    /// <summary>It ended: verified.</summary>
    Done,
    /// <summary>It ended without its effect, or without a proof of it.</summary>
    Ended,
    /// <summary>It goes on later; the journal says when.</summary>
    Waits,
    /// <summary>Its stop was set aside for a call that many share: its outcome comes with that.</summary>
    Gathered,
    /// <summary>AWS denies us: no further act in this scope and run.</summary>
    LaneStopped,
}

/// <summary>Carries one act as far as it goes now: plan, journal, steps, verification, ending. Holds nothing in memory between runs.</summary>
public sealed class ActExecutor(
    ActPlanner planner, VmReader reader, Grounds grounds, IEnumerable<IStep> steps, Verifier verifier, ActJournal journal, StepJournal stepJournal,
    ActEndings endings, Clocks clocks, IOptions<EnforcementOptions> options, ILogger<ActExecutor> log)
{
    private const string NoCapacity = "InsufficientInstanceCapacity";
    private readonly Dictionary<string, IStep> steps = steps.SelectMany(step => step.Kinds.Select(kind => (kind, step))).ToDictionary(s => s.kind, s => s.step);

    /// <summary>Advances an act that is admitted, planned, executing or applied.</summary>
    /// <param name="gather">Takes a stop that is ready to be called, which is then somebody else's to conclude.</param>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    public async Task<ActOutcome> AdvanceAsync(Scope scope, Fence fence, ActRecord act, Action<GatheredStop> gather, CancellationToken ct)
    {
        using var span = ActSpan.Begin(act);
        using var fields = log.With(("case", act.CaseId), ("act", act.Id), ("instance_id", act.InstanceId), ("scope", scope.Key));
        StepRecord? current = null;
        try
        {
            if (act.State == ActStates.Applied)
            {
                return await verifier.AdvanceAsync(scope, fence, act, ct);
            }

            if (act.State == ActStates.Admitted && await BeginAsync(scope, fence, act, ct) is { } early)
            {
                return early;
            }

            List<StepOutcome> outcomes = [];
            var all = await journal.StepsAsync(act.Id, ct);
            foreach (var step in all)
            {
                if (step.State is StepStates.Done or StepStates.Skipped)
                {
                    continue;
                }

                current = step;
                var run = new StepRun(scope, fence, act, step, MayGather: step == all[^1]);
                var outcome = await StepOf(step).AdvanceAsync(run, ct);
                if (outcome.End == StepEnd.Gathers)
                {
                    gather(new GatheredStop(run, outcome.Force, outcomes));
                    return ActOutcome.Gathered;
                }

                outcomes.Add(outcome);
                if (outcomes[^1].End is StepEnd.Braked or StepEnd.Hopeless or StepEnd.Waits or StepEnd.Groundless)
                {
                    break;
                }
            }

            return await ConcludeAsync(fence, act, current, outcomes, ct);
        }
        catch (ActuatorException error)
        {
            return await SetBackAsync(scope, fence, act, current, error, ct);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or FencedException or NpgsqlException))
        {
            // An answer that nobody foresaw puts this act off, and stops no other.
            var error = new ActuatorException(ActuatorError.Transient, fault.GetType().Name, fault.Message, fault);
            return await SetBackAsync(scope, fence, act, current, error, ct);
        }
    }

    /// <summary>Concludes an act whose stop was called together with others'.</summary>
    /// <param name="end">How its stop stands.</param>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    public Task<ActOutcome> ConcludeAsync(GatheredStop stop, StepOutcome end, CancellationToken ct) =>
        ConcludeAsync(stop.Run.Fence, stop.Run.Act, stop.Run.Step, [.. stop.Before, end], ct);

    /// <summary>Decides what to do about an act whose stop failed in a call with others'.</summary>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    public Task<ActOutcome> SetBackAsync(GatheredStop stop, ActuatorException error, CancellationToken ct) =>
        SetBackAsync(stop.Run.Scope, stop.Run.Fence, stop.Run.Act, stop.Run.Step, error, ct);

    private IStep StepOf(StepRecord step) => steps.TryGetValue(step.Kind, out var found) ? found
        : throw new InvalidOperationException($"Step {step.Id} of act {step.ActId} is of kind '{step.Kind}', which nobody can carry out.");

    private async Task<ActOutcome?> BeginAsync(Scope scope, Fence fence, ActRecord act, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        if (await grounds.MissingAsync(act, TimeSpan.FromMinutes(options.Value.FreshMinutes), now, ct) is { } missing)
        {
            await journal.DelayAsync(fence, act, now.AddMinutes(1), setback: false, missing, ct);
            return ActOutcome.Waits;
        }

        if (act.Kind == ActKinds.Release
            && await planner.UnsettledUntilAsync(act, TimeSpan.FromSeconds(options.Value.SettleSeconds), now, ct) is { } settled)
        {
            await journal.DelayAsync(fence, act, settled, setback: false, "waits until an earlier call's effect is certain", ct);
            return ActOutcome.Waits;
        }

        var force = act is { Kind: ActKinds.Release, PlanJson: { } order } && LedgerJson.Read<ReleaseOrder>(order).Force;
        var plan = await planner.PlanAsync(scope, act, await reader.ReadAsync(scope, act, ActPlanner.NeedsGuards(act), ct), force, ct);
        if (plan.Refused is { } reason)
        {
            await endings.RefusedAsync(fence, act, reason, now, ct);
            Log.ActRefused(log, act.Id, act.Kind, act.InstanceId, reason);
            return ActOutcome.Ended;
        }

        var planned = plan.Steps.Select(s => new NewStep(
            s.Kind, s.Target, s.IamAction, LedgerJson.Write(s.Before), LedgerJson.Write(s.Wanted), s.Undo is null ? null : LedgerJson.Write(s.Undo),
            s.Skip is null ? StepStates.Planned : StepStates.Skipped, s.Skip)).ToList();
        return await journal.BeginAsync(fence, act, LedgerJson.Write(plan), plan.Summary, planned, now, ct) ? null : ActOutcome.Ended;
    }

    private async Task<ActOutcome> ConcludeAsync(Fence fence, ActRecord act, StepRecord? last, List<StepOutcome> outcomes, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        var end = outcomes.Count == 0 ? StepOutcome.Done : outcomes[^1];
        if (end.End == StepEnd.Braked)
        {
            return ActOutcome.Waits;
        }

        if (end.End == StepEnd.Groundless)
        {
            await endings.WithdrawnAsync(fence, act, end.Why!, now, ct);
            Log.ActWithdrawn(log, act.Id, act.Kind, act.InstanceId, end.Why!);
            return ActOutcome.Ended;
        }

        if (end.End == StepEnd.Hopeless)
        {
            var reason = $"{last!.Kind} of {last.Target} was called {last.Attempts} times and never became visible";
            await endings.FailedAsync(fence, act, reason, gone: false, now, ct);
            Log.ActFailed(log, act.Id, act.Kind, act.InstanceId, reason);
            return ActOutcome.Ended;
        }

        if (end.End == StepEnd.Waits || outcomes.Any(o => o.End == StepEnd.Called))
        {
            await journal.DelayAsync(fence, act, end.Until ?? now.AddSeconds(options.Value.LookAgainSeconds), setback: false, "not every effect is visible yet", ct);
            return ActOutcome.Waits;
        }

        if (act.Kind == ActKinds.Quarantine)
        {
            var (observed, until) = Verifier.Begin(now);
            await endings.AppliedAsync(fence, act, observed, until, now, ct);
            Log.ActApplied(log, act.Id, act.Kind, act.InstanceId);
            return ActOutcome.Waits;
        }

        await endings.VerifiedAsync(fence, act, await HowAsync(act, ct), now, ct);
        Log.ActVerified(log, act.Id, act.Kind, act.InstanceId);
        return ActOutcome.Done;
    }

    // Of a step that had several ways it is told which it went, and why.
    private async Task<string> HowAsync(ActRecord act, CancellationToken ct)
    {
        const string seen = "every step was read back as wanted";
        var ways = act is { Kind: ActKinds.Stop, Purpose: ActPurposes.Idle } ? (await journal.StepsAsync(act.Id, ct)).Where(step => step.Tried is not null) : [];
        return string.Join("; ", ways.Select(step => step.Detail).Append(seen));
    }

    private async Task<ActOutcome> SetBackAsync(
        Scope scope, Fence fence, ActRecord act, StepRecord? step, ActuatorException error, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        var setback = Setback.After(error, act.Attempts, options.Value);
        if (step is not null)
        {
            await stepJournal.SetbackAsync(fence, step, setback.Reason, ct);
        }

        if (setback.Step is SetbackStep.Fail or SetbackStep.Gone)
        {
            await endings.FailedAsync(fence, act, setback.Reason, setback.Step == SetbackStep.Gone, now, ct);
            Log.ActFailed(log, act.Id, act.Kind, act.InstanceId, setback.Reason);
            return ActOutcome.Ended;
        }

        if (error.Code == NoCapacity && act.Attempts == 0)
        {
            // Told once: somebody waits for that VM, and only AWS or another type can help.
            await journal.TellAsync(fence, act, "start.no-capacity", setback.Reason, now, ct);
        }

        await journal.DelayAsync(fence, act, now + setback.Wait, setback.Counts, setback.Reason, ct);
        Log.ActDelayed(log, act.Id, act.Kind, act.InstanceId, setback.Wait, setback.Reason);
        if (setback.Step != SetbackStep.StopLane)
        {
            return ActOutcome.Waits;
        }

        Log.LaneStopped(log, scope.Key, setback.Reason);
        return ActOutcome.LaneStopped;
    }
}
