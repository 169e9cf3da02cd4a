using System.Diagnostics.Metrics;

namespace Watchdog.Diagnostics.Instruments;

/// <summary>What a metric stream delivers, and what it does not.</summary>
public static class StreamMeters
{
    private static readonly Counter<long> Points = Meters.Meter.CreateCounter<long>(
        "watchdog.stream.points", "{point}",
        "Datapoints that a metric stream delivered, by outcome (stored, known, unknown_vm, wrong_scope, not_asked, malformed, too_old, future).");
    private static readonly Counter<long> Deliveries = Meters.Meter.CreateCounter<long>(
        "watchdog.stream.deliveries", "{request}", "Deliveries, by the HTTP status that they were answered with.");
    private static readonly Counter<long> Fallen = Meters.Meter.CreateCounter<long>(
        "watchdog.stream.polled", "{metric}", "Metrics of single VMs that were polled because the stream had not delivered them.");

    /// <summary>Points came.</summary>
    public static void Came(string outcome, int points) => Points.Add(points, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A delivery was answered.</summary>
    public static void Answered(int status) => Deliveries.Add(1, new KeyValuePair<string, object?>("status", status));

    /// <summary>Metrics of single VMs are polled instead.</summary>
    public static void Polled(int metrics) => Fallen.Add(metrics);
}
