using System.Runtime.InteropServices;

namespace Watchdog.Bench.Fleet;

/// <summary>What one stage of a sweep took, of the worker's process alone.</summary>
/// <param name="Stage">The span's name; <c>screen.read</c> lies within <c>screen</c>.</param>
/// <param name="Wall">Seconds that passed.</param>
/// <param name="Cpu">CPU seconds, user and kernel, of all threads.</param>
/// <param name="Allocated">Bytes allocated on the managed heap.</param>
/// <param name="Calls">AWS calls by action, retries included.</param>
internal sealed record StageFigures(string Stage, double Wall, double Cpu, long Allocated, Dictionary<string, long> Calls);

/// <summary>One sweep, as the worker measured it.</summary>
/// <param name="Sweep">1 for the first.</param>
/// <param name="Total">The whole pass.</param>
/// <param name="Stages">Its stages.</param>
/// <param name="PeakRss">Largest resident set in this sweep, bytes.</param>
/// <param name="Heap">Managed heap after the last collection, bytes.</param>
/// <param name="Metrics">Metrics asked of GetMetricData in all stages: what is billed.</param>
/// <param name="Rejected">Datapoints that could not be used.</param>
internal sealed record SweepFigures(
    int Sweep, StageFigures Total, IReadOnlyList<StageFigures> Stages, long PeakRss, long Heap, long Metrics, long Rejected, int Vms, int Judged,
    int Unknown, int Findings, int Failures);

/// <summary>CPU seconds of the two processes beside the worker, over one sweep.</summary>
internal sealed record Neighbours(double Postgres, double Simulator);

/// <summary>The machine, without its name.</summary>
internal sealed record Machine(int Cores, double MemoryGiB, string Processor, string Runtime, string System)
{
    /// <summary>The one that this runs on.</summary>
    public static Machine Here() => new(
        Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30), ProcessorName(),
        RuntimeInformation.FrameworkDescription, $"{RuntimeInformation.OSArchitecture} Linux");

    private static string ProcessorName() => File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
        ?.Split(':', 2)[1].Trim() ?? "unknown processor";
}
