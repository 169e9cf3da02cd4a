using Watchdog.Inventory;

namespace Watchdog.Telemetry;

/// <summary>Where numbers come from. CloudWatch's GetMetricData is one source; a metric stream, with the first behind it, is another.</summary>
public interface IMetricSource
{
    /// <summary>
    /// Reads <paramref name="metrics"/> for the VMs over [<paramref name="start"/>, <paramref name="end"/>) at the period: one batch a
    /// metric, in the order asked. Fewest calls that the page size (500 metrics a call) allows. A VM without an answer has
    /// <see cref="MetricBatch.Answered"/> false; a failure of one call does not lose the others.
    /// </summary>
    Task<IReadOnlyList<MetricBatch>> ReadAsync(
        Scope scope, IReadOnlyList<string> instanceIds, IReadOnlyList<Metric> metrics,
        DateTimeOffset start, DateTimeOffset end, int periodSeconds, CancellationToken ct);
}
