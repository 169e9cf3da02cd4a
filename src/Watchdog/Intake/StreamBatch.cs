using Watchdog.Telemetry;
using Watchdog.Telemetry.Streaming;

namespace Watchdog.Intake;

/// <summary>Sorts a delivery's points: those that may be of use become windows, the others are counted by what is wrong with them.</summary>
internal sealed class StreamBatch(ScopeNames scopes, IReadOnlyList<Metric> carried, DateTimeOffset now)
{
    private const long MillisecondsAPeriod = Telemetry.Windows.Period * 1000L;
    private const int MaxId = 32;

    private readonly Dictionary<(string InstanceId, Metric Metric), StreamedWindow> windows = [];
    private readonly int[] counts = new int[Enum.GetValues<StreamOutcome>().Length];
    private readonly int current = PointRing.PeriodOf(now);

    /// <summary>What came of each VM and metric.</summary>
    public IReadOnlyList<StreamedWindow> Windows => [.. windows.Values];

    /// <summary>Points of an outcome so far.</summary>
    public int Of(StreamOutcome outcome) => counts[(int)outcome];

    /// <summary>Counts points.</summary>
    public void Count(StreamOutcome outcome, int points = 1) => counts[(int)outcome] += points;

    /// <summary>Takes a line of a record.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        if (Take(line) is { } wrong)
        {
            Count(wrong);
        }
    }

    // What is wrong with the point; null when it is in a window now.
    private StreamOutcome? Take(ReadOnlySpan<byte> line)
    {
        if (!Datapoint.TryRead(line, out var point))
        {
            return StreamOutcome.Malformed;
        }

        if (point.Namespace != "AWS/EC2" || point.OtherDimensions || point.InstanceId is null || MetricOf(point.Metric!) is not { } metric)
        {
            return StreamOutcome.NotAsked;
        }

        if (scopes.Of(point.Account!, point.Region!) is not { } scope)
        {
            return StreamOutcome.WrongScope;
        }

        var value = metric.IsLevel() ? point.Sum / point.Count : point.Sum;
        if (point.InstanceId.Length is 0 or > MaxId || !metric.IsSound(value))
        {
            return StreamOutcome.Malformed;
        }

        var period = point.Timestamp / MillisecondsAPeriod;
        if (period <= current - PointRing.Slots)
        {
            return StreamOutcome.TooOld;
        }

        if (period > current)
        {
            return StreamOutcome.Future;
        }

        if (!windows.TryGetValue((point.InstanceId, metric), out var window))
        {
            windows.Add((point.InstanceId, metric), window = new(scope, point.InstanceId, metric, new byte[PointRing.Size]));
        }

        if (window.Scope != scope)
        {
            return StreamOutcome.WrongScope;
        }

        var minute = (int)(point.Timestamp % MillisecondsAPeriod / 60_000);
        return PointRing.Put(window.Ring, (int)period, (float)value, (byte)Math.Min(point.Count, 254), minute) ? null : StreamOutcome.Known;
    }

    private Metric? MetricOf(string name)
    {
        foreach (var metric in carried)
        {
            if (metric.ToString() == name)
            {
                return metric;
            }
        }

        return null;
    }
}
