using Watchdog.Enforcement.Plans;
using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.Enforcement.Steps;

/// <summary>Reads an act's VM as it is now.</summary>
public sealed class VmReader(IActuator actuator)
{
    private const string NotListed = "NotListed";

    /// <summary>The act's VM; its protections, addresses and profile too where they are asked for.</summary>
    /// <exception cref="ActuatorException">Gone: EC2 says that it ends, or did not list it twice.</exception>
    public async Task<VmView> ReadAsync(Scope scope, ActRecord act, bool guards, CancellationToken ct)
    {
        var vm = (await actuator.ReadAsync(scope, [act.InstanceId], ct)).FirstOrDefault(v => v.InstanceId == act.InstanceId);
        var there = vm switch
        {
            // One listing without it proves nothing (DESIGN law 2): look again before the act is given up.
            null when act.Detail?.StartsWith(NotListed, StringComparison.Ordinal) != true =>
                throw new ActuatorException(ActuatorError.Transient, NotListed, $"{act.InstanceId} was not listed"),
            null => throw new ActuatorException(ActuatorError.Gone, NotListed, $"{act.InstanceId} was not listed, twice"),
            { State: var state } when VmStates.IsGone(state) =>
                throw new ActuatorException(ActuatorError.Gone, state, $"{act.InstanceId} is {state}"),
            _ => vm,
        };
        return new VmView(there, guards ? await actuator.ReadGuardsAsync(scope, act.InstanceId, ct) : null);
    }
}
