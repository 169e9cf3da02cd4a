using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Classing;

/// <summary>Whose stop it was, by EC2's reason.</summary>
internal static class StopReason
{
    // The codes, and the texts that EC2 gives beside them (StateReason's message, StateTransitionReason).
    private static readonly string[] ByUser =
    [
        "Client.InstanceInitiatedShutdown", "Client.UserInitiatedShutdown", "Client.UserInitiatedHibernate", "User initiated", "Instance initiated",
    ];

    /// <summary>The cause of a stop that Watchdog did not make.</summary>
    /// <param name="reason">EC2's reason; null where it gave none.</param>
    /// <param name="lifecycle">EC2's lifecycle; <c>spot</c> for those that AWS may take back.</param>
    /// <param name="spotExcluded">Whether a spot VM that AWS took back is excluded.</param>
    public static Cause CauseOf(string? reason, string? lifecycle, bool spotExcluded)
    {
        var code = (reason ?? "").Trim();
        if (Array.Exists(ByUser, text => code.StartsWith(text, StringComparison.OrdinalIgnoreCase)))
        {
            return Cause.User;
        }

        if (!code.StartsWith("Server.", StringComparison.OrdinalIgnoreCase) && !code.Contains("InsufficientInstanceCapacity", StringComparison.OrdinalIgnoreCase))
        {
            return Cause.StopUnexplained;
        }

        var spot = lifecycle == "spot" || code.StartsWith("Server.SpotInstance", StringComparison.OrdinalIgnoreCase);
        return spot && spotExcluded ? Cause.Spot : Cause.Provider;
    }
}
