using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.IdleShutdown;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Storage;

namespace Watchdog.Enforcement.Governing;

/// <summary>
/// Carries out a scope's due acts in the queue's order, several VMs at once. AWS's buckets pace it: each call waits for its token, and the stops
/// of a run share calls.
/// </summary>
public sealed class Governor(
    NpgsqlDataSource database, ActJournal journal, ActExecutor executor, StopRound stops, Clocks clocks, IOptions<PolicyOptions> policy,
    IOptions<IdleShutdownOptions> idle, IOptions<EnforcementOptions> options, ILogger<Governor> log)
{
    // Looks are answered few times a second: of more that begin at once the last would be stopped by a look that is minutes old.
    private const int IdleBegins = 16;

    /// <summary>Carries out what is due and not held, of one purpose: what saves money is asked for after what protects people.</summary>
    /// <param name="purpose">One of <see cref="ActPurposes"/>.</param>
    /// <param name="begun">True: acts whose steps are journalled; false: those that are admitted and not begun.</param>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    internal async Task CarryOutAsync(Scope scope, Fence fence, string purpose, bool begun, Tally tally, CancellationToken ct)
    {
        if (tally.LaneStopped)
        {
            return;
        }

        var brake = await Brake.ReadAsync(database, ct);
        // Held acts keep their place in the journal: they go on when the brake is off and the mode is back.
        var held = brake.IsOn || (purpose == ActPurposes.Idle ? idle.Value.Mode : policy.Value.Mode) == PolicyMode.Observe;
        var due = await journal.DueAsync(scope.Id, purpose, begun, clocks.Fleet.GetUtcNow(), ct);
        if (brake.IsOn && due.Count > 0)
        {
            Log.Braked(log, scope.Key, brake.Reason);
        }

        List<ActRecord> free = [.. due.Where(act => !held || act.Kind == ActKinds.Release)];
        if (purpose == ActPurposes.Idle && !begun)
        {
            free = [.. free.Take(IdleBegins)];
        }

        tally.Wait(due.Count - free.Count);
        await AdvanceAsync(scope, fence, ActQueue.Of(free), tally, ct);
    }

    private async Task AdvanceAsync(Scope scope, Fence fence, IReadOnlyList<IReadOnlyList<ActRecord>> queue, Tally tally, CancellationToken ct)
    {
        var gathered = new ConcurrentQueue<GatheredStop>();
        var stopping = queue.Count(HasStop);
        await Lanes.RunAsync(queue, options.Value.Parallel, async vm =>
        {
            foreach (var act in vm)
            {
                if (!tally.Count(await executor.AdvanceAsync(scope, fence, act, gathered.Enqueue, ct)))
                {
                    return false;
                }
            }

            // The round is held as soon as no further stop can join it.
            return !HasStop(vm) || Interlocked.Decrement(ref stopping) > 0 || tally.LaneStopped || await RoundAsync();
        });
        // AWS denied something first: these have not been called, and are due again.
        tally.Wait(gathered.Count);

        async Task<bool> RoundAsync()
        {
            List<GatheredStop> all = [];
            while (gathered.TryDequeue(out var stop))
            {
                all.Add(stop);
            }

            var goesOn = true;
            foreach (var outcome in await stops.RunAsync(scope, fence, all, ct))
            {
                goesOn &= tally.Count(outcome);
            }

            return goesOn;
        }
    }

    // An idle stop is judged once more right before its own call: it joins no round.
    private static bool HasStop(IReadOnlyList<ActRecord> vm) => vm.Any(act => act is { Kind: ActKinds.Stop, Purpose: ActPurposes.Abuse });
}
