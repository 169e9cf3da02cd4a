using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Enforcement.Plans;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Storage;

namespace Watchdog.Enforcement.Steps;

/// <summary>
/// Interfaces that stand, or may stand, in the allow-all group: journalled before they are opened, covered as soon as they are not, and
/// mended before all else after a crash.
/// </summary>
public sealed class Exposure(
    NpgsqlDataSource database, IActuator actuator, StepJournal journal, Clocks clocks, IOptions<EnforcementOptions> options, ILogger<Exposure> log)
{
    /// <summary>Between two tries to close an interface, wall time.</summary>
    internal static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(250);

    /// <summary>Writes that the interface is not open any more, and tells people where it was for long.</summary>
    public Task CoveredAsync(StepRun run, string how, CancellationToken ct) =>
        CoveredAsync(run.Fence, run.Act, run.Step.Id, how, tell: false, ct);

    /// <summary>Sets an interface's old groups, trying for as long as an exposure may last.</summary>
    /// <exception cref="ActuatorException">It could not be done; the interface stays journalled as exposed and is mended first in the next run.</exception>
    public async Task PutBackAsync(Scope scope, string interfaceId, Shape before)
    {
        var begun = clocks.Wall.GetTimestamp();
        while (true)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.ExposureSeconds), clocks.Wall);
            try
            {
                await actuator.SetReservedGroupsAsync(scope, interfaceId, before.Groups!, limit.Token);
                return;
            }
            catch (Exception fault) when (fault is ActuatorException or OperationCanceledException)
            {
                if (clocks.Wall.GetElapsedTime(begun).TotalSeconds >= options.Value.ExposureSeconds)
                {
                    throw new ActuatorException(ActuatorError.Transient, "StillExposed",
                        $"{interfaceId} may stand in the allow-all group and could not be closed: {fault.Message}", fault);
                }

                await Task.Delay(Breath, clocks.Wall, CancellationToken.None);
            }
        }
    }

    /// <summary>Closes every interface of a scope that a crash, or AWS, left open; one that cannot be closed stops no other.</summary>
    /// <returns>How many stay open.</returns>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    public async Task<int> MendAsync(Scope scope, Fence fence, CancellationToken ct)
    {
        var open = 0;
        foreach (var (act, step) in await journal.ExposedAsync(scope.Id, ct))
        {
            try
            {
                if (!await fence.HoldsAsync(database, ct))
                {
                    throw new FencedException($"Scope {scope.Key} has another actuator: its interfaces are its to close.");
                }

                await CoveredAsync(fence, act, step.Id, await CloseAsync(scope, act, step, ct), tell: true, ct);
            }
            catch (Exception fault) when (fault is ActuatorException or OperationCanceledException && !ct.IsCancellationRequested)
            {
                open++;
                Log.StillExposed(log, step.Target, fault.Message);
            }
        }

        return open;
    }

    private async Task<string> CloseAsync(Scope scope, ActRecord act, StepRecord step, CancellationToken ct)
    {
        var wanted = LedgerJson.Read<Shape>(step.WantedJson);
        var vm = (await actuator.ReadAsync(scope, [act.InstanceId], ct)).FirstOrDefault(v => v.InstanceId == act.InstanceId);
        var card = vm?.Interfaces.FirstOrDefault(i => i.InterfaceId == step.Target);
        if (card is null)
        {
            return "the interface is gone";
        }

        if (wanted.HoldsOn(new VmView(vm!), step.Target))
        {
            return "it was contained when it was looked at";
        }

        // A listing may be behind the last call, so what shows the old groups is closed as well.
        var goesOn = act.State == ActStates.Executing && !(await Brake.ReadAsync(database, ct)).IsOn && card.Groups.ToHashSet().SetEquals(wanted.Via ?? []);
        var shape = goesOn ? wanted : LedgerJson.Read<Shape>(step.UndoJson ?? step.BeforeJson);
        await actuator.ReserveGroupChangesAsync(scope, 1, ct);
        await PutBackAsync(scope, step.Target, shape);
        return goesOn ? "contained after an interruption" : "the old groups are back after an interruption";
    }

    private async Task CoveredAsync(Fence fence, ActRecord act, long step, string how, bool tell, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        if (await journal.CoveredAsync(fence, act, step, now, how, TimeSpan.FromSeconds(options.Value.ExposureSeconds), tell, ct) is { } seconds)
        {
            Log.WasExposed(log, act.InstanceId, seconds, how);
        }
    }
}
