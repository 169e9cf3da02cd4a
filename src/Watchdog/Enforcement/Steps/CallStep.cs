using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Enforcement.Plans;
using Watchdog.Ledger;

namespace Watchdog.Enforcement.Steps;

/// <summary>A step that is one idempotent call whose effect a reading shows: read, journal, call, read again.</summary>
public sealed class CallStep(IActuator actuator, VmReader reader, StepGate gate, StepJournal journal, Clocks clocks, IOptions<EnforcementOptions> options) : IStep
{
    /// <inheritdoc/>
    public IReadOnlyCollection<string> Kinds { get; } =
        [StepKinds.Tag, StepKinds.Protect, StepKinds.Shutdown, StepKinds.Groups, StepKinds.Address, StepKinds.Profile, StepKinds.Stop, StepKinds.Start];

    /// <inheritdoc/>
    public async Task<StepOutcome> AdvanceAsync(StepRun run, CancellationToken ct)
    {
        var wanted = LedgerJson.Read<Shape>(run.Step.WantedJson);
        var view = await reader.ReadAsync(run.Scope, run.Act, wanted.NeedsGuards, ct);
        if (wanted.HoldsOn(view, run.Step.Target))
        {
            await journal.DoneAsync(run.Fence, run.Step, clocks.Fleet.GetUtcNow(), run.Step.State == StepStates.Planned ? "was so already" : "seen", ct);
            return StepOutcome.Done;
        }

        var hangs = run.Step.Kind == StepKinds.Stop && view.Vm.State == VmStates.Stopping;
        var settles = hangs ? options.Value.ForceStopMinutes * 60 : options.Value.SettleSeconds;
        if (run.Step.CalledAt is { } called && clocks.Fleet.GetUtcNow() < called.AddSeconds(settles))
        {
            return StepOutcome.Called;
        }

        if (run.Step.Attempts >= options.Value.MostCalls)
        {
            return StepOutcome.Hopeless;
        }

        var force = hangs && run.Step.CalledAt is not null;
        if (run is { MayGather: true, Step.Kind: StepKinds.Stop })
        {
            return new StepOutcome(StepEnd.Gathers, Force: force);
        }

        if (!await gate.OpenAsync(run, exposing: false, ct))
        {
            return StepOutcome.Braked;
        }

        await CallAsync(run, wanted, view, force, ct);
        if (wanted.HoldsOn(await reader.ReadAsync(run.Scope, run.Act, wanted.NeedsGuards, ct), run.Step.Target))
        {
            await journal.DoneAsync(run.Fence, run.Step, clocks.Fleet.GetUtcNow(), "called and seen", ct);
            return StepOutcome.Done;
        }

        await journal.CalledAsync(run.Fence, run.Step, clocks.Fleet.GetUtcNow(), ct);
        return StepOutcome.Called;
    }

    private Task CallAsync(StepRun run, Shape wanted, VmView view, bool force, CancellationToken ct)
    {
        var (scope, target) = (run.Scope, run.Step.Target);
        return run.Step.Kind switch
        {
            StepKinds.Groups => actuator.SetGroupsAsync(scope, target, wanted.Groups!, ct),
            StepKinds.Stop => actuator.StopAsync(scope, [target], force, ct),
            StepKinds.Start => actuator.StartAsync(scope, target, ct),
            StepKinds.Protect => actuator.SetTerminationProtectionAsync(scope, target, wanted.TerminationProtected!.Value, ct),
            StepKinds.Shutdown => actuator.SetShutdownBehaviourAsync(scope, target, wanted.OnShutdown!, ct),
            StepKinds.Address => AddressAsync(run, wanted.Address!, view.Guards!, ct),
            StepKinds.Profile when view.Guards!.Profile is { } profile => actuator.ReplaceProfileAsync(scope, profile.AssociationId, wanted.Profile!, ct),
            StepKinds.Profile => throw new ActuatorException(ActuatorError.Configuration, "NoProfile",
                $"{target} has no profile association any more: associate {wanted.Profile} with it, then ask again"),
            StepKinds.Tag when wanted.Tags!.Values.All(value => value is not null) =>
                actuator.TagAsync(scope, target, wanted.Tags.ToDictionary(tag => tag.Key, tag => tag.Value!), ct),
            StepKinds.Tag => actuator.UntagAsync(scope, target,
                LedgerJson.Read<Shape>(run.Step.BeforeJson).Tags!.ToDictionary(tag => tag.Key, tag => tag.Value!), ct),
            _ => throw new InvalidOperationException($"Step {run.Step.Id} of act {run.Act.Id} is of kind '{run.Step.Kind}', which nobody can carry out."),
        };
    }

    private Task AddressAsync(StepRun run, AddressPlace wanted, VmGuards guards, CancellationToken ct) =>
        wanted is { InterfaceId: { } card, PrivateIp: { } address } ? actuator.AssociateAddressAsync(run.Scope, run.Step.Target, card, address, ct)
        : guards.Addresses.FirstOrDefault(a => a.AllocationId == run.Step.Target) is { } held ? actuator.DisassociateAddressAsync(run.Scope, held.AssociationId, ct)
        : Task.CompletedTask;
}
