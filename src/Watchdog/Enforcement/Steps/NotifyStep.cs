using Watchdog.Diagnostics;
using Watchdog.Enforcement.Notifying;
using Watchdog.Enforcement.Plans;
using Watchdog.Ledger;
using Watchdog.Telemetry;

namespace Watchdog.Enforcement.Steps;

/// <summary>
/// Tells whoever is logged in by SSM: a command is sent, its answer is read later. A guest that cannot be told changes nothing, so that the act is
/// withdrawn with the reason; the document that is missing or not the pinned one is a fault that a person mends.
/// </summary>
public sealed class NotifyStep(INotifier notifier, IGuestProbe probe, VmReader reader, StepGate gate, StepJournal journal, Clocks clocks) : IStep
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(5);
    // SSM tries to deliver for up to ten minutes (Telemetry:DeliverySeconds), and the script has 20 s.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(12);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Kinds { get; } = [StepKinds.Notify];

    /// <inheritdoc/>
    public async Task<StepOutcome> AdvanceAsync(StepRun run, CancellationToken ct)
    {
        var message = LedgerJson.Read<Shape>(run.Step.WantedJson).Message
            ?? throw new InvalidOperationException($"Step {run.Step.Id} of act {run.Act.Id} names no message.");
        if (CommandProgress.Of(run.Step) is { } progress)
        {
            return await HearAsync(run, message, progress, ct);
        }

        var vm = (await reader.ReadAsync(run.Scope, run.Act, guards: false, ct)).Vm;
        return vm.State == VmStates.Running ? await SendAsync(run, message, ct) : StepOutcome.Groundless($"{vm.InstanceId} is {vm.State}: nobody is logged in");
    }

    private async Task<StepOutcome> SendAsync(StepRun run, GuestMessage message, CancellationToken ct)
    {
        if (!await gate.OpenAsync(run, exposing: false, ct))
        {
            return StepOutcome.Braked;
        }

        string command;
        try
        {
            command = await notifier.SendAsync(run.Scope, run.Act.InstanceId, message, run.Act.OperationId, ct);
        }
        catch (ActuatorException away) when (away.Error == ActuatorError.WrongState)
        {
            return StepOutcome.Groundless($"nobody inside could be told: {away.Message}");
        }

        var now = clocks.Fleet.GetUtcNow();
        await journal.NotedAsync(run.Fence, run.Step, LedgerJson.Write(new CommandProgress(command, now)), now, ct);
        return StepOutcome.WaitsUntil(now + ReadAgain);
    }

    private async Task<StepOutcome> HearAsync(StepRun run, GuestMessage message, CommandProgress progress, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        var answer = await probe.ReadAsync(run.Scope, progress.Command, run.Act.InstanceId, ct);
        if (answer.State == InvocationState.Pending && now < progress.AskedAt + Patience)
        {
            return StepOutcome.WaitsUntil(now + ReadAgain);
        }

        if (answer.State != InvocationState.Done)
        {
            return StepOutcome.Groundless($"nobody inside could be told: the guest gave no answer ({answer.Detail ?? answer.State.ToString()})");
        }

        if (!NotifyAnswer.Told(answer.Output, message, run.Act.OperationId))
        {
            return StepOutcome.Groundless("nobody inside could be told: the guest has neither wall nor a place for the message, or its answer cannot be read");
        }

        await journal.DoneAsync(run.Fence, run.Step, now, "told", ct);
        return StepOutcome.Done;
    }
}
