namespace Watchdog.Telemetry.Streaming;

/// <summary>What came in of one VM's metric.</summary>
/// <param name="Scope">The scope that it came from.</param>
/// <param name="InstanceId">The VM.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Ring">The points, as <see cref="PointRing"/> keeps them.</param>
public sealed record StreamedWindow(short Scope, string InstanceId, Metric Metric, byte[] Ring);

/// <summary>What a merge did with the points.</summary>
public readonly record struct MergeTally(int Stored, int Known, int UnknownVm, int WrongScope)
{
    /// <summary>Both together.</summary>
    public static MergeTally operator +(MergeTally a, MergeTally b) =>
        new(a.Stored + b.Stored, a.Known + b.Known, a.UnknownVm + b.UnknownVm, a.WrongScope + b.WrongScope);
}
