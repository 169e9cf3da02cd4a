using Watchdog.Diagnostics;
using Watchdog.Enforcement.Governing;
using Watchdog.Enforcement.Plans;
using Watchdog.Enforcement.Steps;
using Watchdog.IdleShutdown;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Policy.Deadlines;
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
/// unfinished, whose clock ran out, what people ask for, whose next rung has come, what may begin, what begins, the stops of VMs
/// that nobody uses, and plans for those who decide.
/// </summary>
public sealed class ActuatorRun(
    Exposure exposure, RequestDesk desk, LadderRun ladders, ClockRun deadlines, Admission admission, IdleAdmission idle, Governor governor,
    Drafts drafts, Clocks clocks, ILogger<ActuatorRun> log)
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
            await governor.CarryOutAsync(scope, fence, ActPurposes.Abuse, begun: true, tally, ct);
            await deadlines.RunAsync(scope.Id, fence, clocks.Fleet.GetUtcNow(), ct);
            tally.Requests = await desk.TakeAsync(scope, fence, ct);
            await ladders.RunAsync(scope.Id, fence, clocks.Fleet.GetUtcNow(), ct);
            tally.Admitted = await admission.AdmitAsync(fence, clocks.Fleet.GetUtcNow(), ct);
            await governor.CarryOutAsync(scope, fence, ActPurposes.Abuse, begun: false, tally, ct);
            tally.Admitted += await idle.AdmitAsync(fence, clocks.Fleet.GetUtcNow(), ct);
            await governor.CarryOutAsync(scope, fence, ActPurposes.Idle, begun: true, tally, ct);
            await governor.CarryOutAsync(scope, fence, ActPurposes.Idle, begun: false, tally, ct);
            await drafts.MakeAsync(scope, fence, ct);
            return tally.Report(fenced: false);
        }
        catch (FencedException taken)
        {
            Log.Fenced(log, scope.Key, taken.Message);
            return tally.Report(fenced: true);
        }
    }
}
