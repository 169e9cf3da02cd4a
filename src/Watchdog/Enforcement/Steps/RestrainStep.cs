using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Enforcement.Plans;
using Watchdog.Enforcement.Restraining;
using Watchdog.Ledger;
using Watchdog.Telemetry;

namespace Watchdog.Enforcement.Steps;

/// <summary>
/// Caps, ends or lifts by SSM: a command is sent, its answer is read later, and a cap is asked for a second time to see that it holds. Each of
/// them is idempotent in the guest, so that a run that was cut off begins again.
/// </summary>
public sealed class RestrainStep(
    IRestrainer restrainer, IGuestProbe probe, VmReader reader, StepGate gate, StepJournal journal, Clocks clocks, IOptions<EnforcementOptions> options) : IStep
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(5);
    // SSM tries to deliver for up to ten minutes (Telemetry:DeliverySeconds), and the script has 40 s.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(12);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Kinds { get; } = [StepKinds.Restrain];

    /// <inheritdoc/>
    public async Task<StepOutcome> AdvanceAsync(StepRun run, CancellationToken ct)
    {
        var asked = LedgerJson.Read<Shape>(run.Step.WantedJson).Restraint
            ?? throw new InvalidOperationException($"Step {run.Step.Id} of act {run.Act.Id} names no process.");
        var view = await reader.ReadAsync(run.Scope, run.Act, guards: false, ct);
        if (view.Vm.State != VmStates.Running)
        {
            return view.Vm.State == VmStates.Stopped ? await DoneAsync(run, "the VM is stopped: no process of it is left", ct)
                : throw new ActuatorException(ActuatorError.WrongState, "NotRunning", $"{run.Act.InstanceId} is {view.Vm.State}");
        }

        var progress = RestrainProgress.Of(run.Step);
        return progress.CommandId is { } command ? await HearAsync(run, asked, progress, command, ct) : await SendAsync(run, asked, null, ct);
    }

    private async Task<StepOutcome> SendAsync(StepRun run, Restraint asked, RestrainAnswer? first, CancellationToken ct)
    {
        if (run.Step.Attempts >= options.Value.MostCalls)
        {
            return StepOutcome.Hopeless;
        }

        if (!await gate.OpenAsync(run, exposing: false, ct))
        {
            return StepOutcome.Braked;
        }

        var command = await restrainer.SendAsync(run.Scope, run.Act.InstanceId, asked, run.Act.OperationId, ct);
        var now = clocks.Fleet.GetUtcNow();
        await journal.NotedAsync(run.Fence, run.Step, LedgerJson.Write(new RestrainProgress(command, now, first)), now, ct);
        return StepOutcome.WaitsUntil(now + ReadAgain);
    }

    private async Task<StepOutcome> HearAsync(StepRun run, Restraint asked, RestrainProgress progress, string command, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        var invocation = await probe.ReadAsync(run.Scope, command, run.Act.InstanceId, ct);
        if (invocation.State == InvocationState.Pending && now < progress.AskedAt + Patience)
        {
            return StepOutcome.WaitsUntil(now + ReadAgain);
        }

        if (invocation.State != InvocationState.Done)
        {
            throw Unheard(invocation.State.ToString(), $"the guest gave no answer ({invocation.Detail ?? invocation.State.ToString()})");
        }

        if (RestrainAnswer.Parse(invocation.Output, asked, run.Act.OperationId) is not { } answer)
        {
            throw Unheard("UnreadableAnswer", "what the guest printed is no answer to what it was asked");
        }

        var verdict = RestrainRules.Judge(asked, answer, progress.First);
        switch (verdict.End)
        {
            case RestrainEnd.Done:
                return await DoneAsync(run, verdict.Reason, ct);
            case RestrainEnd.AskAgain when progress.AskedAt.AddSeconds(options.Value.Restrain.ConfirmSeconds) is var again && now < again:
                return StepOutcome.WaitsUntil(again);
            case RestrainEnd.AskAgain:
                return await SendAsync(run, asked, answer, ct);
            case RestrainEnd.Retry:
                throw Unheard("NotLifted", verdict.Reason);
            default:
                throw new ActuatorException(ActuatorError.Configuration, "NotRestrained", verdict.Reason);
        }
    }

    private async Task<StepOutcome> DoneAsync(StepRun run, string how, CancellationToken ct)
    {
        await journal.DoneAsync(run.Fence, run.Step, clocks.Fleet.GetUtcNow(), CleanText.Of(how), ct);
        return StepOutcome.Done;
    }

    // The setback takes the place of the progress: the next run sends anew.
    private static ActuatorException Unheard(string code, string message) => new(ActuatorError.Transient, code, message);
}
