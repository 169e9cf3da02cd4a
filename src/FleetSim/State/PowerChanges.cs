using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.State;

/// <summary>EC2's state machine: what each change of power makes of each state. Called under the Region's lock.</summary>
internal static class PowerChanges
{
    public const string UserHibernate = "Client.UserInitiatedHibernate";
    private const string User = "Client.UserInitiatedShutdown";

    /// <summary>An action of an owner or of the API; one that does not fit the state is ignored.</summary>
    public static void Apply(RegionState region, int index, PowerAction action, DateTimeOffset at)
    {
        var state = region.PowerAt(index, at)?.State;
        switch (action)
        {
            case PowerAction.Start when state == PowerState.Stopped:
                Begin(region, index, at);
                break;
            case PowerAction.Stop when state == PowerState.Running:
                End(region, index, at, PowerState.Stopping, PowerState.Stopped, User);
                break;
            case PowerAction.Hibernate when state == PowerState.Running && VmShape.CanHibernate(region.Vms[index], region.Options):
                End(region, index, at, PowerState.Stopping, PowerState.Stopped, UserHibernate);
                break;
            case PowerAction.Shutdown when state == PowerState.Running:
                var terminates = region.ProtectionAt(index, at).TerminatesOnShutdown;
                End(region, index, at, terminates ? PowerState.ShuttingDown : PowerState.Stopping, terminates ? PowerState.Terminated : PowerState.Stopped,
                    "Client.InstanceInitiatedShutdown");
                break;
            case PowerAction.Retire when state == PowerState.Running:
                End(region, index, at, PowerState.Stopping, PowerState.Stopped, "Server.ScheduledStop");
                break;
            case PowerAction.Reboot when state == PowerState.Running:
                region.Change(index).Power.Add(at, new Power(PowerState.Running, null, at));
                break;
            case PowerAction.SpotReclaim when state is PowerState.Running or PowerState.Pending:
                End(region, index, at, PowerState.ShuttingDown, PowerState.Terminated, "Server.SpotInstanceTermination");
                break;
            case PowerAction.Terminate when state is not (null or PowerState.ShuttingDown or PowerState.Terminated):
                End(region, index, at, PowerState.ShuttingDown, PowerState.Terminated, User);
                break;
        }
    }

    /// <summary>The error of a stop or start that the state does not allow; null when it does.</summary>
    public static AwsError? Refusal(RegionState region, int index, PowerAction action, DateTimeOffset at)
    {
        var state = region.PowerAt(index, at)?.State;
        var refused = action switch
        {
            PowerAction.Start => state is PowerState.Stopping or PowerState.ShuttingDown or PowerState.Terminated,
            PowerAction.Stop or PowerAction.Hibernate => state is PowerState.Pending or PowerState.ShuttingDown or PowerState.Terminated,
            _ => state is not PowerState.Running,
        };
        if (!refused)
            return null;
        var verb = action switch { PowerAction.Start => "started", PowerAction.Stop or PowerAction.Hibernate => "stopped", _ => "rebooted" };
        return new AwsError(400, "IncorrectInstanceState",
            $"The instance '{region.Vms[index].InstanceId}' is not in a state from which it can be {verb}.");
    }

    private static void Begin(RegionState region, int index, DateTimeOffset at)
    {
        var power = region.Change(index).Power;
        power.Add(at, new Power(PowerState.Pending, null, at));
        power.Add(at + VmShape.BootTime(region.Vms[index]), new Power(PowerState.Running, null, at));
    }

    private static void End(RegionState region, int index, DateTimeOffset at, PowerState going, PowerState gone, string reason)
    {
        var power = region.Change(index).Power;
        power.Add(at, new Power(going, reason, at));
        power.Add(at + VmShape.StopTime(region.Vms[index]), new Power(gone, reason, at));
    }
}
