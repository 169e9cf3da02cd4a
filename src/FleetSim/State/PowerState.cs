namespace Watchdog.FleetSim.State;

/// <summary>EC2's instance states with their wire codes.</summary>
public enum PowerState
{
    Pending = 0,
    Running = 16,
    ShuttingDown = 32,
    Terminated = 48,
    Stopping = 64,
    Stopped = 80,
}

/// <summary>A state entered, and why (EC2's StateReason code; null when EC2 shows none).</summary>
/// <param name="State">The state.</param>
/// <param name="Reason">E.g. <c>Client.UserInitiatedShutdown</c>.</param>
/// <param name="AskedAt">When the stop or termination was asked for; shown in StateTransitionReason.</param>
internal readonly record struct Power(PowerState State, string? Reason, DateTimeOffset AskedAt);

internal static class PowerStateNames
{
    public static string Name(this PowerState state) => state switch
    {
        PowerState.Pending => "pending",
        PowerState.Running => "running",
        PowerState.ShuttingDown => "shutting-down",
        PowerState.Terminated => "terminated",
        PowerState.Stopping => "stopping",
        _ => "stopped",
    };
}
