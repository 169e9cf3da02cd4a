using System.Globalization;
using System.Runtime.InteropServices;

namespace Watchdog.Bench.Fleet;

/// <summary>What one stage of a sweep took, of the worker's process alone.</summary>
/// <param name="Stage">The span's name; <c>screen.read</c> lies within <c>screen</c>.</param>
/// <param name="Began">When it first began, in <see cref="System.Diagnostics.Stopwatch"/>'s ticks.</param>
/// <param name="Wall">Seconds that passed.</param>
/// <param name="Cpu">CPU seconds, user and kernel, of all threads.</param>
/// <param name="Postgres">CPU seconds of Postgres, all its processes.</param>
/// <param name="Allocated">Bytes allocated on the managed heap.</param>
/// <param name="Calls">AWS calls by action, retries included.</param>
internal sealed record StageFigures(string Stage, long Began, double Wall, double Cpu, double Postgres, long Allocated, Dictionary<string, long> Calls);

/// <summary>One sweep, as the worker measured it.</summary>
/// <param name="Sweep">1 for the first.</param>
/// <param name="Total">The whole pass.</param>
/// <param name="Stages">Its stages.</param>
/// <param name="Beside">What runs at a cadence of its own in a worker, run once after the pass: resting VMs, gauges, another listing, the books up to it.</param>
/// <param name="LeastListing">DescribeInstances calls that the listing's streams need at least.</param>
/// <param name="PeakRss">Largest resident set in this sweep, bytes.</param>
/// <param name="Rss">Resident set after it, bytes.</param>
/// <param name="Heap">Managed heap afterwards, with what waits to be collected, bytes.</param>
/// <param name="Live">What the last full collection left standing, bytes.</param>
/// <param name="Metrics">Metrics asked of GetMetricData in all stages: what is billed.</param>
/// <param name="Rejected">Datapoints that could not be used.</param>
internal sealed record SweepFigures(
    int Sweep, StageFigures Total, IReadOnlyList<StageFigures> Stages, IReadOnlyList<StageFigures> Beside, int LeastListing, long PeakRss, long Rss, long Heap, long Live, long Metrics, long Rejected, int Vms, int Judged,
    int Unknown, int Findings, int Failures);

/// <summary>The machine, without its name.</summary>
internal sealed record Machine(int Cores, double MemoryGiB, string Processor, string Runtime, string System)
{
    /// <summary>The one that this runs on.</summary>
    public static Machine Here() => new(
        Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30), ProcessorName(),
        RuntimeInformation.FrameworkDescription, $"{RuntimeInformation.OSArchitecture} Linux");

    /// <summary>What a table says of it, with the load averages before and after.</summary>
    public string Line(string before, string after) => string.Create(CultureInfo.InvariantCulture,
        $"Machine: {Cores} cores ({Processor}), {MemoryGiB:F0} GiB, {System}, {Runtime}. Load average before {before}, after {after}: above the number of cores, other work shared the machine, which lengthens wall time more than CPU time.");

    private static string ProcessorName() => File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
        ?.Split(':', 2)[1].Trim() ?? "unknown processor";
}
