using Watchdog.Detectors.Replaying;

namespace Watchdog.Sweeps.Recorded;

/// <summary>Replays a recorded fleet, VMs in parallel, each through the worker's own stages.</summary>
public static class FleetReplay
{
    /// <summary>The recordings (for scoring) and all alarms; the order of neither depends on the parallelism.</summary>
    public static (IReadOnlyList<RecordedVm> Fleet, IReadOnlyList<Alarm> Alarms) Run(RecordedFleet fleet, ReplayOptions options, CancellationToken ct)
    {
        var recordings = new RecordedVm[fleet.Vms.Count];
        var alarms = new IReadOnlyList<Alarm>[fleet.Vms.Count];
        var parallel = new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, fleet.Vms.Count, parallel, index => recordings[index] = fleet.Read(fleet.Vms[index]));
        var cohorts = new RecordedCohorts(recordings);
        Parallel.For(0, fleet.Vms.Count, parallel, index => alarms[index] = new VmReplayer(recordings[index], options, cohorts).Run());
        return (recordings, [.. alarms.SelectMany(list => list)]);
    }
}
