using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Storage;

namespace Watchdog.Enforcement.Steps;

/// <summary>What stands before every call that changes something: the journal, the kill switch, the lease, in this order.</summary>
public sealed class StepGate(NpgsqlDataSource database, StepJournal journal, Clocks clocks)
{
    /// <summary>How long the lease may be asked for while an interface stands open, wall time.</summary>
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(1);

    /// <summary>Journals that a call is about to be made, then asks switch and lease. False: the kill switch is on, and nothing may be called.</summary>
    /// <param name="exposing">The call opens the interface: from now on it counts as exposed.</param>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    public async Task<bool> OpenAsync(StepRun run, bool exposing, CancellationToken ct)
    {
        if (!await IsFreeAsync(run, ct))
        {
            return false;
        }

        await journal.ExecutingAsync(run.Fence, run.Step, exposing, clocks.Fleet.GetUtcNow(), ct);
        return await PassAsync(run, ct);
    }

    /// <summary>The same for a call that many steps share: all of them are journalled in one transaction.</summary>
    /// <param name="runs">At least one; of one scope and lease, none of a release.</param>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    public async Task<bool> OpenAsync(IReadOnlyList<StepRun> runs, CancellationToken ct)
    {
        if (!await IsFreeAsync(runs[0], ct))
        {
            return false;
        }

        await journal.ExecutingAsync(runs[0].Fence, [.. runs.Select(run => run.Step)], clocks.Fleet.GetUtcNow(), ct);
        return true;
    }

    /// <summary>Asks switch and lease again, before a further call of a step that was journalled.</summary>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    public async Task<bool> PassAsync(StepRun run, CancellationToken ct)
    {
        if (!await IsFreeAsync(run, ct))
        {
            return false;
        }

        return await run.Fence.HoldsAsync(database, ct) ? true
            : throw new FencedException($"Scope {run.Scope.Key} has another actuator: act {run.Act.Id} is its to go on with.");
    }

    /// <summary>
    /// Asks the lease alone, before a call that closes what this run has opened: a paused run must not undo what its heir has done. A database
    /// that does not answer says nothing, and an open interface is worse than a call too many.
    /// </summary>
    /// <exception cref="FencedException">Another actuator has the scope, and has closed the interface before all else.</exception>
    public async Task AssertOwnAsync(StepRun run)
    {
        using var limit = new CancellationTokenSource(Answer, clocks.Wall);
        bool own;
        try
        {
            own = await run.Fence.HoldsAsync(database, limit.Token);
        }
        catch (Exception away) when (away is NpgsqlException or OperationCanceledException)
        {
            return;
        }

        if (!own)
        {
            throw new FencedException($"Scope {run.Scope.Key} has another actuator: {run.Step.Target} is its to close.");
        }
    }

    // Undoing is what one needs while the switch is on.
    private async Task<bool> IsFreeAsync(StepRun run, CancellationToken ct) =>
        run.Act.Kind == ActKinds.Release || !(await Brake.ReadAsync(database, ct)).IsOn;
}
