using System.Globalization;

namespace Watchdog.FleetSim.Fleet;

/// <summary>The truth as a CSV file: <c>instance_id,label,start,end,notes</c>, one row a VM, instants in ISO 8601 UTC to the second.</summary>
public static class LabelsFile
{
    /// <summary>
    /// Writes the rows. An abuse spans [onset, its end or the horizon); any other VM [launch, horizon). A VM whose span would begin
    /// at or after <paramref name="horizonEnd"/> was never seen as such: an abuser counts as benign until then, a VM launched later has no row.
    /// </summary>
    public static void Write(TextWriter to, IEnumerable<SimulatedVm> vms, DateTimeOffset horizonEnd)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(vms);
        to.Write("instance_id,label,start,end,notes\n");
        foreach (SimulatedVm vm in vms)
        {
            if (vm.LaunchTime >= horizonEnd) continue;
            bool abuse = vm.Onset < horizonEnd, later = !abuse && vm.Onset != DateTimeOffset.MaxValue;
            DateTimeOffset start = abuse ? vm.Onset : vm.LaunchTime, end = abuse && vm.Offset < horizonEnd ? vm.Offset : horizonEnd;
            string label = later ? "benign" : vm.Behaviour.Label;
            to.Write(string.Create(CultureInfo.InvariantCulture,
                $"{vm.InstanceId},{label},{start.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},{end.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},{vm.Behaviour.Kind}\n"));
        }
    }
}
