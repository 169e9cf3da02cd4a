using System.Buffers;
using Watchdog.Detectors.Facts;

namespace Watchdog.Telemetry;

/// <summary>
/// One metric's windows of many VMs as a struct of arrays: row <c>i</c> is the window of <c>InstanceIds[i]</c>, absent points NaN.
/// The array is pooled; dispose the batch when its windows were judged.
/// </summary>
public sealed class MetricBatch : IDisposable
{
    private float[]? _values;

    /// <summary>Makes a batch of all-absent windows.</summary>
    public MetricBatch(IReadOnlyList<string> instanceIds, Metric metric, DateTimeOffset start, int periodSeconds, int points)
    {
        InstanceIds = instanceIds;
        Metric = metric;
        Start = start;
        PeriodSeconds = periodSeconds;
        Points = points;
        _values = ArrayPool<float>.Shared.Rent(Math.Max(1, instanceIds.Count * points));
        _values.AsSpan(0, instanceIds.Count * points).Fill(float.NaN);
        Answered = new bool[instanceIds.Count];
    }

    /// <summary>The VMs, in the caller's order.</summary>
    public IReadOnlyList<string> InstanceIds { get; }
    /// <summary>The metric.</summary>
    public Metric Metric { get; }
    /// <summary>Start of the windows, UTC, on the period's grid.</summary>
    public DateTimeOffset Start { get; }
    /// <summary>Seconds a point.</summary>
    public int PeriodSeconds { get; }
    /// <summary>Points a window.</summary>
    public int Points { get; }
    /// <summary>Whether CloudWatch answered completely for the VM of that row; false: the row's absent points prove nothing.</summary>
    public bool[] Answered { get; }

    /// <summary>The row's points, oldest first, to be written by the source.</summary>
    public Span<float> Row(int index) =>
        (_values ?? throw new ObjectDisposedException(nameof(MetricBatch))).AsSpan(index * Points, Points);

    /// <summary>The row as a detector reads it.</summary>
    public MetricWindow Window(int index) => new(Start, PeriodSeconds, Row(index));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _values, null) is { } values)
        {
            ArrayPool<float>.Shared.Return(values);
        }
    }
}
