namespace Watchdog.Detectors.Features;

/// <summary>A plateau and the work that came with it.</summary>
/// <param name="Onset">Its start.</param>
/// <param name="Level">Median CPU in it, percent.</param>
/// <param name="Usual">Median CPU before it, percent; NaN when nothing is known before.</param>
/// <param name="Spread">p90 - p10 of CPU in it, percent points.</param>
/// <param name="AddedCoreSeconds">Core-seconds a period more than before.</param>
/// <param name="AddedNetwork">Network bytes a period more than before, in and out; NaN when absent.</param>
/// <param name="AddedDisk">Disk operations a period more than before; NaN when absent.</param>
/// <param name="Vcpus">vCPUs.</param>
/// <param name="PeriodSeconds">Period.</param>
public readonly record struct PlateauWork(DateTimeOffset Onset, float Level, float Usual, float Spread, double AddedCoreSeconds,
    float AddedNetwork, float AddedDisk, int Vcpus, int PeriodSeconds)
{
    /// <summary>Added network bytes per added core-second; NaN when absent or no core-second was added.</summary>
    public double NetworkPerCoreSecond => AddedCoreSeconds > 0 ? AddedNetwork / AddedCoreSeconds : double.NaN;

    /// <summary>Added disk operations per added core-second; NaN when absent or no core-second was added.</summary>
    public double DiskPerCoreSecond => AddedCoreSeconds > 0 ? AddedDisk / AddedCoreSeconds : double.NaN;

    /// <summary>Whole cores that the added level amounts to (within 1.5 points, spread under 1.2); 0 when it does not.</summary>
    public int WholeCores => Spread < 1.2 ? Quantised.Cores(Level - (float.IsNaN(Usual) ? 0 : Usual), Vcpus, 1.5) : 0;

    /// <summary>Whether the plateau is flat: p90 - p10 at most 4 points and a twenty-fifth of the level.</summary>
    public bool Flat => Spread <= 4 + (0.04 * Level);
}
