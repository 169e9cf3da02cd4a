using System.Diagnostics.Metrics;

namespace Watchdog.Diagnostics.Instruments;

/// <summary>Incidents on their way through the stages. They count what was committed.</summary>
public static class AlertMeters
{
    private static readonly Counter<long> Signals = Meters.Meter.CreateCounter<long>(
        "watchdog.alert.signals", null, "News that were gathered into incidents, by state (raised, changed, cleared) and kind.");
    private static readonly Counter<long> Opened = Meters.Meter.CreateCounter<long>("watchdog.alert.incidents.opened", null, "Incidents that were opened.");
    private static readonly Counter<long> Decisions = Meters.Meter.CreateCounter<long>(
        "watchdog.alert.decisions", null, "Changes of mind about incidents, by stage (mute, dedup, route) and outcome (none, page, update, resolve, routed).");
    private static readonly Counter<long> Unread = Meters.Meter.CreateCounter<long>("watchdog.alert.events.unread", null, "Events of the log that could not be read, and were passed over.");
    private static readonly Histogram<double> Round = Meters.Meter.CreateHistogram<double>(
        "watchdog.alert.round.duration", "s", "Time from the begin of a transaction that reads the log into incidents to its commit.",
        advice: new() { HistogramBucketBoundaries = Meters.WorkSeconds });

    /// <summary>News were gathered.</summary>
    public static void Gathered(string state, string kind, long count) => Signals.Add(count, new("state", state), new KeyValuePair<string, object?>("kind", kind));

    /// <summary>Incidents were opened.</summary>
    public static void IncidentsOpened(long count) => Opened.Add(count);

    /// <summary>A stage decided otherwise than before.</summary>
    public static void Decided(string stage, string outcome) => Decisions.Add(1, new("stage", stage), new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>An event could not be read.</summary>
    public static void NotRead() => Unread.Add(1);

    /// <summary>A transaction was committed.</summary>
    public static void Committed(TimeSpan took) => Round.Record(took.TotalSeconds);
}
