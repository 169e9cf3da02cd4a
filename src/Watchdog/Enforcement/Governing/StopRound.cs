using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Enforcement.Steps;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Storage;

namespace Watchdog.Enforcement.Governing;

/// <summary>
/// Stops many VMs with few calls: read once more, journalled in one transaction, called together, halved while one id spoils the call, read again.
/// What is journalled is enough for the next run to go on, wherever this one is cut off.
/// </summary>
public sealed class StopRound(
    IActuator actuator, StepGate gate, StepJournal journal, ActExecutor executor, Clocks clocks, IOptions<EnforcementOptions> options)
{
    /// <summary>The most VMs that one StopInstances call takes.</summary>
    private const int Most = 1000;

    // One VM's own fault, for which EC2 refuses all of the call. Any other failure is the call's.
    private static readonly string[] Spoilers =
        ["InvalidInstanceID.NotFound", "InvalidInstanceID.Malformed", "IncorrectInstanceState", "UnsupportedOperation", "OperationNotPermitted"];

    /// <summary>Calls and concludes every act that was gathered; one outcome each.</summary>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    public async Task<IReadOnlyList<ActOutcome>> RunAsync(Scope scope, Fence fence, IReadOnlyList<GatheredStop> gathered, CancellationToken ct)
    {
        List<ActOutcome> outcomes = [];
        foreach (var batch in gathered.GroupBy(stop => stop.Force).SelectMany(alike => alike.Chunk(Most)))
        {
            // AWS denied a call: the rest has not been called, and is due again.
            outcomes.AddRange(outcomes.Contains(ActOutcome.LaneStopped)
                ? Enumerable.Repeat(ActOutcome.Waits, batch.Length)
                : await BatchAsync(new Batch(scope, fence, batch[0].Force, [.. batch]), ct));
        }

        return outcomes;
    }

    private async Task<IReadOnlyList<ActOutcome>> BatchAsync(Batch batch, CancellationToken ct)
    {
        IReadOnlyList<GatheredStop> there;
        try
        {
            there = await PresentAsync(batch, ct);
        }
        catch (ActuatorException error)
        {
            await SetBackAsync(batch, batch.Stops, error, ct);
            return batch.Outcomes;
        }

        if (there.Count > 0 && await gate.OpenAsync([.. there.Select(stop => stop.Run)], ct))
        {
            await CallAsync(batch, there, ct);
        }

        return batch.Outcomes;
    }

    // Since each was read, others were dealt with: what is stopped by now needs no call, what is not listed is looked at by itself next time.
    private async Task<IReadOnlyList<GatheredStop>> PresentAsync(Batch batch, CancellationToken ct)
    {
        var listed = (await actuator.ReadAsync(batch.Scope, [.. batch.Stops.Select(IdOf)], ct)).ToDictionary(vm => vm.InstanceId);
        List<GatheredStop> there = [.. batch.Stops.Where(stop => listed.TryGetValue(IdOf(stop), out var vm) && !VmStates.IsGone(vm.State))];
        List<GatheredStop> stopped = [.. there.Where(stop => listed[IdOf(stop)].State == VmStates.Stopped)];
        await ConcludeAsync(batch, stopped, StepOutcome.Done, "was so already", ct);
        return [.. there.Except(stopped)];
    }

    private async Task CallAsync(Batch batch, IReadOnlyList<GatheredStop> part, CancellationToken ct)
    {
        if (batch.Denied || !await gate.PassAsync(part[0].Run, ct))
        {
            return;
        }

        try
        {
            await actuator.StopAsync(batch.Scope, [.. part.Select(IdOf)], batch.Force, ct);
        }
        catch (ActuatorException spoilt) when (part.Count > 1 && Spoilers.Contains(spoilt.Code))
        {
            var half = part.Count / 2;
            await CallAsync(batch, [.. part.Take(half)], ct);
            await CallAsync(batch, [.. part.Skip(half)], ct);
            return;
        }
        catch (ActuatorException error)
        {
            await SetBackAsync(batch, part, error, ct);
            return;
        }

        var seen = await SeenAsync(batch.Scope, part, ct);
        await ConcludeAsync(batch, [.. part.Where(stop => seen.Contains(IdOf(stop)))], StepOutcome.Done, "called and seen", ct);
        await ConcludeAsync(batch, [.. part.Where(stop => !seen.Contains(IdOf(stop)))], StepOutcome.Called, null, ct);
    }

    private async Task<IReadOnlySet<string>> SeenAsync(Scope scope, IReadOnlyList<GatheredStop> part, CancellationToken ct)
    {
        try
        {
            return (await actuator.ReadAsync(scope, [.. part.Select(IdOf)], ct)).Where(vm => vm.State == VmStates.Stopped).Select(vm => vm.InstanceId).ToHashSet();
        }
        catch (ActuatorException)
        {
            // The call was accepted; the next run sees what came of it.
            return new HashSet<string>();
        }
    }

    private async Task ConcludeAsync(Batch batch, List<GatheredStop> part, StepOutcome end, string? seen, CancellationToken ct)
    {
        if (part.Count == 0)
        {
            return;
        }

        List<StepRecord> steps = [.. part.Select(stop => stop.Run.Step)];
        var now = clocks.Fleet.GetUtcNow();
        await (seen is null ? journal.CalledAsync(batch.Fence, steps, now, ct) : journal.DoneAsync(batch.Fence, steps, now, seen, ct));
        await EachAsync(batch, part, stop => executor.ConcludeAsync(stop, end, ct));
    }

    private Task SetBackAsync(Batch batch, IReadOnlyList<GatheredStop> part, ActuatorException error, CancellationToken ct) =>
        EachAsync(batch, part, stop => executor.SetBackAsync(stop, error, ct));

    private Task EachAsync(Batch batch, IReadOnlyList<GatheredStop> part, Func<GatheredStop, Task<ActOutcome>> end) =>
        Lanes.RunAsync(part, options.Value.Parallel, async stop =>
        {
            batch.Ended[stop] = await end(stop);
            return true;
        });

    private static string IdOf(GatheredStop stop) => stop.Run.Act.InstanceId;

    private sealed record Batch(Scope Scope, Fence Fence, bool Force, IReadOnlyList<GatheredStop> Stops)
    {
        public ConcurrentDictionary<GatheredStop, ActOutcome> Ended { get; } = new(ReferenceEqualityComparer.Instance);

        public bool Denied => Ended.Values.Contains(ActOutcome.LaneStopped);

        // What was not called goes on later: the kill switch is on, AWS denied a call, or the VM was not listed.
        public IReadOnlyList<ActOutcome> Outcomes => [.. Stops.Select(stop => Ended.GetValueOrDefault(stop, ActOutcome.Waits))];
    }
}
