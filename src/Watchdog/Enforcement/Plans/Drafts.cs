using Watchdog.Enforcement.Steps;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Storage;

namespace Watchdog.Enforcement.Plans;

/// <summary>
/// Plans for acts that wait for a person, or that mode Observe only records: who decides sees what would be done. Made when nothing
/// else is to be done, a few a run; the plan that is carried out is made anew.
/// </summary>
public sealed class Drafts(ActJournal journal, ActPlanner planner, VmReader reader, ILogger<Drafts> log)
{
    private const int ARun = 10;

    /// <summary>Drafts what has no plan yet. A VM that cannot be read has none, and says so.</summary>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    public async Task MakeAsync(Scope scope, Fence fence, CancellationToken ct)
    {
        foreach (var act in await journal.WithoutPlanAsync(scope.Id, ARun, ct))
        {
            await journal.DraftAsync(fence, act, LedgerJson.Write(await PlanAsync(scope, act, ct)), ct);
        }
    }

    private async Task<Plan> PlanAsync(Scope scope, ActRecord act, CancellationToken ct)
    {
        try
        {
            return await planner.PlanAsync(scope, act, await reader.ReadAsync(scope, act, guards: true, ct), force: false, ct);
        }
        catch (ActuatorException error)
        {
            Log.DraftFailed(log, act.Id, act.InstanceId, error.Message);
            return Plan.Refuse($"no plan could be made: {error.Message}");
        }
    }
}
