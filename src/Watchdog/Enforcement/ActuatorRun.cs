using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Enforcement.Plans;
using Watchdog.Enforcement.Steps;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Policy.Ladders;
using Watchdog.Storage;

namespace Watchdog.Enforcement;

/// <summary>What one run of a scope's actuator did.</summary>
/// <param name="Requests">Requests taken.</param>
/// <param name="Admitted">Acts admitted, in all scopes.</param>
/// <param name="Done">Acts verified.</param>
/// <param name="Ended">Acts that failed or were refused.</param>
/// <param name="Waiting">Acts that go on later.</param>
/// <param name="Fenced">Another actuator took the scope: the counts say what was done until then.</param>
public sealed record ActuatorReport(int Requests, int Admitted, int Done, int Ended, int Waiting, bool Fenced);

/// <summary>
/// A scope's actuator, the only one that changes its VMs. The order is the architecture: interfaces that stand open, what a crash left
/// unfinished, what people ask for, whose next rung has come, what may begin, what begins, and plans for those who decide.
/// </summary>
public sealed class ActuatorRun(
    NpgsqlDataSource database, Exposure exposure, RequestDesk desk, LadderRun ladders, Admission admission, ActJournal journal, ActExecutor executor,
    Drafts drafts, Clocks clocks,
    IOptions<PolicyOptions> policy, ILogger<ActuatorRun> log)
{
    /// <summary>Runs once over a scope. May be cut off at any point and run again.</summary>
    /// <param name="fence">The scope's actuator lease.</param>
    public async Task<ActuatorReport> RunAsync(Scope scope, Fence fence, CancellationToken ct)
    {
        var tally = new Tally();
        try
        {
            // An interface that stands open comes before all else.
            await exposure.MendAsync(scope, fence, ct);
            await CarryOutAsync(scope, fence, begun: true, tally, ct);
            tally.Requests = await desk.TakeAsync(scope, fence, ct);
            await ladders.RunAsync(scope.Id, fence, clocks.Fleet.GetUtcNow(), ct);
            tally.Admitted = await admission.AdmitAsync(fence, clocks.Fleet.GetUtcNow(), ct);
            await CarryOutAsync(scope, fence, begun: false, tally, ct);
            await drafts.MakeAsync(scope, fence, ct);
            return tally.Report(fenced: false);
        }
        catch (FencedException taken)
        {
            Log.Fenced(log, scope.Key, taken.Message);
            return tally.Report(fenced: true);
        }
    }

    private async Task CarryOutAsync(Scope scope, Fence fence, bool begun, Tally tally, CancellationToken ct)
    {
        if (tally.LaneStopped)
        {
            return;
        }

        var brake = await Brake.ReadAsync(database, ct);
        // Held acts keep their place in the journal: they go on when the brake is off and the mode is back.
        var held = brake.IsOn || policy.Value.Mode == PolicyMode.Observe;
        var due = await journal.DueAsync(scope.Id, begun, clocks.Fleet.GetUtcNow(), ct);
        if (brake.IsOn && due.Count > 0)
        {
            Log.Braked(log, scope.Key, brake.Reason);
        }

        foreach (var act in due)
        {
            if (held && act.Kind != ActKinds.Release)
            {
                tally.Waiting++;
            }
            else if (!tally.Count(await executor.AdvanceAsync(scope, fence, act, ct)))
            {
                return;
            }
        }
    }

    private sealed class Tally
    {
        public int Requests { get; set; }
        public int Admitted { get; set; }
        public int Waiting { get; set; }
        public bool LaneStopped { get; private set; }
        private int Done { get; set; }
        private int Ended { get; set; }

        public bool Count(ActOutcome outcome)
        {
            Done += outcome == ActOutcome.Done ? 1 : 0;
            Ended += outcome == ActOutcome.Ended ? 1 : 0;
            Waiting += outcome is ActOutcome.Waits or ActOutcome.LaneStopped ? 1 : 0;
            LaneStopped |= outcome == ActOutcome.LaneStopped;
            return !LaneStopped;
        }

        public ActuatorReport Report(bool fenced) => new(Requests, Admitted, Done, Ended, Waiting, fenced);
    }
}
