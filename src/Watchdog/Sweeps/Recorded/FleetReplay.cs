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
        Parallel.For(0, fleet.Vms.Count, new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
        {
            recordings[index] = fleet.Read(fleet.Vms[index]);
            alarms[index] = new VmReplayer(recordings[index], options).Run();
        });
        return (recordings, [.. alarms.SelectMany(list => list)]);
    }
}
