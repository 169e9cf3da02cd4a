using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Storage;

namespace Watchdog.Enforcement;

/// <summary>What came of a step in this run.</summary>
public enum StepOutcome
{
    /// <summary>The VM was read and is as wanted.</summary>
    Done,
    /// <summary>AWS accepted the call; the effect is not visible yet.</summary>
    Called,
    /// <summary>The kill switch is on: no call was made.</summary>
    Braked,
    /// <summary>The call was made as often as allowed and its effect never became visible.</summary>
    Hopeless,
}

/// <summary>
/// One step: read, journal, check switch and lease, call, read again. Nothing is believed but what a read shows.
/// </summary>
public sealed class StepRunner(
    NpgsqlDataSource database, IActuator actuator, StepJournal journal, Clocks clocks, IOptions<EnforcementOptions> options)
{
    private const string NotListed = "NotListed";

    /// <summary>Runs a step that is not done yet.</summary>
    /// <exception cref="ActuatorException">A call did not succeed; Gone when the VM is.</exception>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    public async Task<StepOutcome> RunAsync(Scope scope, Fence fence, ActRecord act, StepRecord step, CancellationToken ct)
    {
        var wanted = LedgerJson.Read<Shape>(step.WantedJson);
        if (wanted.HoldsOn(await ReadAsync(scope, act, ct), step.Target))
        {
            await journal.DoneAsync(fence, step, clocks.Fleet.GetUtcNow(), step.State == StepStates.Planned ? "was so already" : "seen", ct);
            return StepOutcome.Done;
        }

        var now = clocks.Fleet.GetUtcNow();
        if (step.CalledAt is { } called && now < called.AddSeconds(options.Value.SettleSeconds))
        {
            return StepOutcome.Called;
        }

        if (step.Attempts >= options.Value.MostCalls)
        {
            return StepOutcome.Hopeless;
        }

        await journal.ExecutingAsync(fence, step, now, ct);
        if (act.Kind != ActKinds.Release && (await Brake.ReadAsync(database, ct)).IsOn)
        {
            return StepOutcome.Braked;
        }

        if (!await fence.HoldsAsync(database, ct))
        {
            throw new FencedException($"Scope {scope.Key} has another actuator: act {act.Id} is its to go on with.");
        }

        await CallAsync(scope, act, step, wanted, ct);
        if (wanted.HoldsOn(await ReadAsync(scope, act, ct), step.Target))
        {
            await journal.DoneAsync(fence, step, clocks.Fleet.GetUtcNow(), "called and seen", ct);
            return StepOutcome.Done;
        }

        await journal.CalledAsync(fence, step, clocks.Fleet.GetUtcNow(), ct);
        return StepOutcome.Called;
    }

    /// <summary>The act's VM as it is now.</summary>
    /// <exception cref="ActuatorException">Gone: EC2 says that it ends, or does not list it.</exception>
    public async Task<ListedVm> ReadAsync(Scope scope, ActRecord act, CancellationToken ct)
    {
        var vm = (await actuator.ReadAsync(scope, [act.InstanceId], ct)).FirstOrDefault(v => v.InstanceId == act.InstanceId);
        return vm switch
        {
            // One listing without it proves nothing (DESIGN law 2): look again before the act is given up.
            null when act.Detail?.StartsWith(NotListed, StringComparison.Ordinal) != true =>
                throw new ActuatorException(ActuatorError.Transient, NotListed, $"{act.InstanceId} was not listed"),
            null => throw new ActuatorException(ActuatorError.Gone, NotListed, $"{act.InstanceId} was not listed, twice"),
            { State: var state } when VmStates.IsGone(state) =>
                throw new ActuatorException(ActuatorError.Gone, state, $"{act.InstanceId} is {state}"),
            _ => vm,
        };
    }

    private Task CallAsync(Scope scope, ActRecord act, StepRecord step, Shape wanted, CancellationToken ct) => step.Kind switch
    {
        StepKinds.Groups => actuator.SetGroupsAsync(scope, step.Target, wanted.Groups!, ct),
        StepKinds.Stop => actuator.StopAsync(scope, [step.Target], force: false, ct),
        StepKinds.Start => actuator.StartAsync(scope, step.Target, ct),
        StepKinds.Tag when wanted.Tags!.Values.All(value => value is not null) =>
            actuator.TagAsync(scope, step.Target, wanted.Tags.ToDictionary(tag => tag.Key, tag => tag.Value!), ct),
        StepKinds.Tag => actuator.UntagAsync(scope, step.Target,
            LedgerJson.Read<Shape>(step.BeforeJson).Tags!.ToDictionary(tag => tag.Key, tag => tag.Value!), ct),
        _ => throw new InvalidOperationException($"Step {step.Id} of act {act.Id} is of kind '{step.Kind}', which nobody can carry out."),
    };
}
