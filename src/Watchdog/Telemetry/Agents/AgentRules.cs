namespace Watchdog.Telemetry.Agents;

/// <summary>What is known of a VM's agent.</summary>
public enum AgentReach
{
    /// <summary>SSM does not manage the VM, or cannot be asked.</summary>
    Unknown,
    /// <summary>It pinged within <see cref="AgentRules.SilentAfter"/>.</summary>
    Reached,
    /// <summary>It did not.</summary>
    Silent,
}

/// <summary>A running VM as it stood before a look.</summary>
/// <param name="InstanceId">EC2's id.</param>
/// <param name="StateSince">Since when it runs.</param>
/// <param name="Agent">What was known of its agent.</param>
public sealed record AgentBefore(string InstanceId, DateTimeOffset StateSince, AgentReach Agent);

/// <summary>A change of what is known of an agent.</summary>
/// <param name="Since">From when on it holds.</param>
public sealed record AgentChange(string InstanceId, AgentReach Agent, DateTimeOffset Since);

/// <summary>Decides what SSM's word means.</summary>
public static class AgentRules
{
    /// <summary>Two pings that did not come, and a minute: agents ping each five minutes, and no faster.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(11);

    /// <summary>What changes by an agent's status; null when nothing does, or when it tells nothing.</summary>
    public static AgentChange? Decide(AgentBefore before, AgentStatus status, DateTimeOffset now)
    {
        if (status.State == AgentState.Unknown)
        {
            return null;
        }

        if (status.State == AgentState.Unmanaged)
        {
            return Change(AgentReach.Unknown, now);
        }

        if (status.LastPing is { } ping && now - ping <= SilentAfter)
        {
            return Change(AgentReach.Reached, Later(ping, before.StateSince));
        }

        // A VM that has just started has as long to ping as any other.
        var since = Later(status.LastPing ?? before.StateSince, before.StateSince) + SilentAfter;
        return since <= now ? Change(AgentReach.Silent, since) : null;

        AgentChange? Change(AgentReach agent, DateTimeOffset at) => agent == before.Agent ? null : new(before.InstanceId, agent, at <= now ? at : now);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
