using Watchdog.FleetSim.Fleet;

namespace Watchdog.Bench.Week.Play;

/// <summary>What the simulator itself knows of a VM's use at an instant, without any look that a worker could make.</summary>
internal static class WeekUse
{
    // Of a core; what an idle system's daemons take is far below.
    private const double AtWork = 0.005;

    /// <summary>Who uses the VM; null when nobody does.</summary>
    public static string? Of(in VmMoment at)
    {
        var guest = at.Vm.Behaviour.GuestOf(at);
        return guest.Sessions.Count > 0 ? "a session"
            : guest.Connections.Any(connection => !connection.Outbound) ? "an inbound connection"
            : guest.TopProcesses.FirstOrDefault(process => process.AgeSeconds > 60 && process.CpuSeconds >= AtWork * process.AgeSeconds) is { } busy ? $"process {busy.Comm}"
            : null;
    }
}
