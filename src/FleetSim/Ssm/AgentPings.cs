using Watchdog.FleetSim.State;

namespace Watchdog.FleetSim.Ssm;

/// <summary>When a VM's SSM agent was last heard of. It pings each five minutes at its own phase while the VM runs and the agent answers.</summary>
internal static class AgentPings
{
    /// <summary>The agent's health ping: 5 minutes (amazon-ssm-agent README).</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Intervals that are looked at one by one, two hours; then by the hour.</summary>
    private const int Fine = 24;
    private const int Hour = 12;

    /// <summary>Silence after which Systems Manager says ConnectionLost.</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromMinutes(5.5);

    /// <summary>The last ping at or before the instant; null when the agent never registered. What answered for less than an hour more than two hours ago may be passed over.</summary>
    public static DateTimeOffset? LastAt(RegionState region, int index, DateTimeOffset at)
    {
        var vm = region.Vms[index];
        var phase = VmShape.PingPhase(vm).Ticks;
        var ticks = at.UtcTicks - ((at.UtcTicks - phase) % Interval.Ticks);
        var boot = region.RunningSince(index, at) is { } since && Answers(region, index, since) ? since : (DateTimeOffset?)null;
        for (var step = 0; ; step++)
        {
            var ping = new DateTimeOffset(ticks, TimeSpan.Zero);
            // An agent pings when it comes up, too.
            if (boot is not null && ping < boot)
                return boot;
            if (ping < vm.LaunchTime)
                return step <= Fine ? null : NewestAfter(region, index, ping);
            if (Answers(region, index, ping))
                return step <= Fine ? ping : NewestAfter(region, index, ping) ?? ping;
            ticks -= step < Fine ? Interval.Ticks : Interval.Ticks * Hour;
        }
    }

    // Beyond the fine steps an hour was passed over in one: the last ping stays what it was when it was young.
    private static DateTimeOffset? NewestAfter(RegionState region, int index, DateTimeOffset ping)
    {
        for (var later = Hour - 1; later > 0; later--)
        {
            if (Answers(region, index, ping + (later * Interval)))
                return ping + (later * Interval);
        }

        return null;
    }

    /// <summary>Online or ConnectionLost, from the last ping.</summary>
    public static string StatusOf(DateTimeOffset lastPing, DateTimeOffset at) => at - lastPing <= Lost ? "Online" : "ConnectionLost";

    /// <summary>Whether the agent would take a command at the instant.</summary>
    public static bool Answers(RegionState region, int index, DateTimeOffset at) =>
        region.MomentAt(index, at) is { } moment && moment.Vm.Behaviour.AgentAnswers(moment);
}
