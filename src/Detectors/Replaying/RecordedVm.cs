using Watchdog.Detectors.Facts;

namespace Watchdog.Detectors.Replaying;

/// <summary>A VM's recorded metrics on one grid: every column is empty (absent) or as long as the recording, NaN where a point is missing.</summary>
/// <param name="Vm">Who it is; its status is ignored, <see cref="StatusCheckFailed"/> stands for it.</param>
/// <param name="Start">Start of the first period, UTC, on the grid.</param>
/// <param name="PeriodSeconds">Period.</param>
/// <param name="Periods">Length of the recording, periods.</param>
public sealed record RecordedVm(VmFacts Vm, DateTimeOffset Start, int PeriodSeconds, int Periods)
{
    /// <summary>CPUUtilization, percent.</summary>
    public float[] Cpu { get; init; } = [];
    /// <summary>NetworkIn, bytes a period.</summary>
    public float[] NetworkIn { get; init; } = [];
    /// <summary>NetworkOut, bytes a period.</summary>
    public float[] NetworkOut { get; init; } = [];
    /// <summary>DiskReadOps a period.</summary>
    public float[] DiskReads { get; init; } = [];
    /// <summary>DiskWriteOps a period.</summary>
    public float[] DiskWrites { get; init; } = [];
    /// <summary>CPUCreditBalance.</summary>
    public float[] Credits { get; init; } = [];
    /// <summary>CPUSurplusCreditBalance.</summary>
    public float[] Surplus { get; init; } = [];
    /// <summary>StatusCheckFailed, 0 or 1.</summary>
    public float[] StatusCheckFailed { get; init; } = [];

    /// <summary>The periods [from, to) of a column as a window; an empty column gives an empty window.</summary>
    public MetricWindow Window(float[] column, int from, int to)
        => new(Start.AddSeconds((double)from * PeriodSeconds), PeriodSeconds, column.Length == 0 ? default : column.AsSpan(from, to - from));
}
