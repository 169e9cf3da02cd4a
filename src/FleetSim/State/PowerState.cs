namespace Watchdog.FleetSim.State;

/// <summary>EC2's instance states with their wire codes.</summary>
public enum PowerState
{
    /// <summary>Starts: stays so for some seconds.</summary>
    Pending = 0,
    /// <summary>Runs and is billed.</summary>
    Running = 16,
    /// <summary>On its way to terminated.</summary>
    ShuttingDown = 32,
    /// <summary>Gone for good; listed for a while yet.</summary>
    Terminated = 48,
    /// <summary>On its way to stopped.</summary>
    Stopping = 64,
    /// <summary>Off; can be started again.</summary>
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
