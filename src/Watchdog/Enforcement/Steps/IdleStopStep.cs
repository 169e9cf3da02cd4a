using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Enforcement.Plans;
using Watchdog.IdleShutdown;
using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.Enforcement.Steps;

/// <summary>
/// Stops a VM that nobody uses. A look inside is asked for and read by a later run; then everything is read and judged once more under the VM's
/// lock, and the call is made there: who places a hold comes before the judgement, or after the stop. What is no longer idle is left alone. Where the
/// policy asks for a hibernation that cannot be had, the VM is stopped, and the step says why.
/// </summary>
public sealed class IdleStopStep(
    IActuator actuator, VmReader reader, StepGate gate, StepJournal journal, GuestLook look, IdleGround ground, Clocks clocks,
    IOptions<EnforcementOptions> options) : IStep
{
    // Between the look and the call somebody may log in, unseen: the answer is read as soon as it may be there (decision 0012).
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookStands = TimeSpan.FromSeconds(30);
    // A guest takes its time to go down, and nobody waits for the reading.
    private static readonly TimeSpan GoesDown = TimeSpan.FromSeconds(30);
    // Looks that come too late again and again, or an act that a crash or the kill switch kept waiting: its admission is too old by then.
    private static readonly TimeSpan LooksFor = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Kinds { get; } = [StepKinds.IdleStop];

    /// <inheritdoc/>
    public async Task<StepOutcome> AdvanceAsync(StepRun run, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        var vm = (await reader.ReadAsync(run.Scope, run.Act, guards: false, ct)).Vm;
        if (run.Step.StartedAt is { } started)
        {
            return vm.State == VmStates.Stopped ? await DoneAsync(run, vm, "seen", ct)
                : vm.State == VmStates.Stopping ? now < started + Patience(run) ? Again(now) : StepOutcome.Hopeless
                : now < started.AddSeconds(options.Value.SettleSeconds) ? Again(now)
                : run.Step.Attempts >= options.Value.MostCalls ? StepOutcome.Hopeless
                : await AnewAsync(run, vm, now, ct);
        }

        if (vm.State != VmStates.Running)
        {
            return StepOutcome.Groundless($"{vm.InstanceId} is {vm.State} already: somebody else did that");
        }

        return CommandProgress.Of(run.Step) is not { } progress ? await AskAsync(run, vm, now, now, ct)
            : (progress.Since ?? progress.AskedAt) < now - LooksFor ? StepOutcome.Groundless("no look inside came close enough to the stop")
            : await HearAsync(run, vm, progress, now, ct);
    }

    // The call was never made, or had no effect: what was seen before it says nothing of now.
    private async Task<StepOutcome> AnewAsync(StepRun run, ListedVm vm, DateTimeOffset now, CancellationToken ct)
    {
        await journal.NotCalledAsync(run.Fence, run.Step, ct);
        return vm.State == VmStates.Running ? await AskAsync(run, vm, now, now, ct) : StepOutcome.Groundless($"{vm.InstanceId} is {vm.State}");
    }

    private async Task<StepOutcome> AskAsync(StepRun run, ListedVm vm, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var asked = (await look.AskAsync(run.Scope, [vm.InstanceId], ct)).GetValueOrDefault(vm.InstanceId);
        if (asked is { Silent: true })
        {
            return await StopAsync(run, vm, IdleGuest.Silent, ct);
        }

        if (asked?.Command is not { } command)
        {
            return StepOutcome.Groundless("nobody could look inside right before the stop");
        }

        await journal.NotedAsync(run.Fence, run.Step, LedgerJson.Write(new CommandProgress(command, now, since)), now, ct);
        return StepOutcome.WaitsUntil(now + ReadAgain);
    }

    private async Task<StepOutcome> HearAsync(StepRun run, ListedVm vm, CommandProgress progress, DateTimeOffset now, CancellationToken ct)
    {
        var earlier = await ground.EarlierLookAsync(vm.InstanceId, ct);
        return await look.HearAsync(run.Scope, vm.InstanceId, progress.Command, earlier, progress.AskedAt, now, ct) is not { } guest
            ? StepOutcome.WaitsUntil(now + ReadAgain)
            : guest.Answers && (guest.SeenAt ?? progress.AskedAt) < now - LookStands ? await AskAsync(run, vm, progress.Since ?? progress.AskedAt, now, ct)
            : await StopAsync(run, vm, guest, ct);
    }

    private async Task<StepOutcome> StopAsync(StepRun run, ListedVm vm, IdleGuest guest, CancellationToken ct)
    {
        await using (var held = await ground.LockAsync(vm.InstanceId, ct))
        {
            var (verdict, onStop) = await held.JudgeAsync(run.Scope, vm, guest, run.Act.OccurrenceAt, clocks.Fleet.GetUtcNow(), ct);
            if (!verdict.Idle)
            {
                return StepOutcome.Groundless($"somebody may use it: {verdict.Reason}");
            }

            if (!await gate.OpenAsync(run, exposing: false, ct))
            {
                return StepOutcome.Braked;
            }

            try
            {
                if (await CallAsync(run, vm, onStop, ct) is not { } called)
                {
                    await journal.NotCalledAsync(run.Fence, run.Step, ct);
                    return StepOutcome.Braked;
                }

                run = called;
            }
            catch (ActuatorException refused) when (refused.Error != ActuatorError.Transient)
            {
                await journal.NotCalledAsync(run.Fence, run.Step, ct);
                throw;
            }
        }

        var after = (await reader.ReadAsync(run.Scope, run.Act, guards: false, ct)).Vm;
        if (after.State == VmStates.Stopped)
        {
            return await DoneAsync(run, after, "called and seen", ct);
        }

        await journal.CalledAsync(run.Fence, run.Step, clocks.Fleet.GetUtcNow(), ct);
        return StepOutcome.WaitsUntil(clocks.Fleet.GetUtcNow() + GoesDown);
    }

    // Which way is tried is journalled before its call: a rerun reads the VM first, and tells by this what came of it. Null: braked between two calls.
    private async Task<StepRun?> CallAsync(StepRun run, ListedVm vm, OnStop onStop, CancellationToken ct)
    {
        string? instead = null;
        if (onStop == OnStop.Hibernate && (instead = Hibernation.Hindrance(vm)) is null)
        {
            run = await TriesAsync(run, Hibernation.Tried, ct);
            try
            {
                await actuator.HibernateAsync(run.Scope, vm.InstanceId, ct);
                return run;
            }
            catch (ActuatorException refused) when (refused.Code is "UnsupportedHibernationConfiguration" or "UnsupportedOperation")
            {
                instead = $"EC2 refused it ({refused.Message})";
            }

            if (!await gate.PassAsync(run, ct))
            {
                return null;
            }
        }

        if (instead is not null || run.Step.Tried is not null)
        {
            run = await TriesAsync(run, instead is null ? null : Hibernation.Instead(instead), ct);
        }

        await actuator.StopAsync(run.Scope, [vm.InstanceId], force: false, ct);
        return run;
    }

    private async Task<StepRun> TriesAsync(StepRun run, string? way, CancellationToken ct)
    {
        await journal.TriesAsync(run.Fence, run.Step, way, ct);
        return run with { Step = run.Step with { Tried = way } };
    }

    private TimeSpan Patience(StepRun run) =>
        run.Step.Tried == Hibernation.Tried ? Hibernation.Patience : TimeSpan.FromMinutes(options.Value.ForceStopMinutes);

    // The tag comes after the stop was seen.
    private StepOutcome Again(DateTimeOffset now) => StepOutcome.WaitsUntil(now.AddSeconds(options.Value.LookAgainSeconds));

    private async Task<StepOutcome> DoneAsync(StepRun run, ListedVm vm, string how, CancellationToken ct)
    {
        await journal.DoneAsync(run.Fence, run.Step, clocks.Fleet.GetUtcNow(), Hibernation.Outcome(run.Step.Tried, vm) ?? how, ct);
        return StepOutcome.Done;
    }
}
