namespace Watchdog.Detectors.Features;

/// <summary>A plateau and the work that came with it.</summary>
/// <param name="Onset">Its start.</param>
/// <param name="Level">Median CPU in it, percent.</param>
/// <param name="Usual">Median CPU before it, percent; NaN when nothing is known before.</param>
/// <param name="UsualHigh">95th percentile of CPU before it, percent; NaN when nothing is known before.</param>
/// <param name="Spread">p90 - p10 of CPU in it, percent points.</param>
/// <param name="Deviation">Median absolute deviation of CPU in it, percent points: its first, part-filled sample does not count.</param>
/// <param name="HoursBefore">Known hours before it.</param>
/// <param name="NetworkIn">How NetworkIn moved.</param>
/// <param name="NetworkOut">How NetworkOut moved.</param>
/// <param name="Reads">How disk reads moved.</param>
/// <param name="Writes">How disk writes moved.</param>
/// <param name="Vcpus">vCPUs.</param>
/// <param name="PeriodSeconds">Period.</param>
public readonly record struct PlateauWork(DateTimeOffset Onset, float Level, float Usual, float UsualHigh, float Spread, float Deviation, double HoursBefore,
    Change NetworkIn, Change NetworkOut, Change Reads, Change Writes, int Vcpus, int PeriodSeconds)
{
    /// <summary>CPU above what was usual, percent points; the level itself when nothing is known before.</summary>
    public double AddedPercent => Math.Max(0, Level - (float.IsNaN(Usual) ? 0 : Usual));

    /// <summary>Core-seconds a period that the rise adds: points / 100 x vCPUs x period.</summary>
    public double AddedCoreSeconds => AddedPercent / 100 * Vcpus * PeriodSeconds;

    /// <summary>Network bytes a period more than before, in and out; NaN when absent.</summary>
    public float AddedNetwork => NetworkIn.Added + NetworkOut.Added;

    /// <summary>Disk operations a period more than before; NaN when absent.</summary>
    public float AddedDisk => Reads.Added + Writes.Added;

    /// <summary>Added network bytes per added core-second; NaN when absent or no core-second was added.</summary>
    public double NetworkPerCoreSecond => AddedCoreSeconds > 0 ? AddedNetwork / AddedCoreSeconds : double.NaN;

    /// <summary>Added disk operations per added core-second; NaN when absent or no core-second was added.</summary>
    public double DiskPerCoreSecond => AddedCoreSeconds > 0 ? AddedDisk / AddedCoreSeconds : double.NaN;

    /// <summary>
    /// Of the added CPU, the share that added work would take if a unit of it cost what it cost before: (added / before) / (added CPU / CPU before).
    /// </summary>
    /// <param name="added">Added work, bytes or operations a period.</param>
    /// <param name="before">Median of the same before.</param>
    /// <param name="least">Work before from which there is a price, in its unit.</param>
    /// <param name="leastUsual">Median CPU before from which there is a price, percent.</param>
    /// <returns>NaN where the VM had hardly any CPU or work before, so that there is no price to go by.</returns>
    public double ShareAtUsualPrice(double added, double before, double least, float leastUsual)
        => Usual >= leastUsual && before > least && AddedPercent > 0 ? added / before / (AddedPercent / Usual) : double.NaN;

    /// <summary>Whole cores that the added level amounts to (within 1.5 points, median deviation under 0.5); 0 when it does not.</summary>
    public int WholeCores => Deviation < 0.5f ? Quantised.Cores(AddedPercent, Vcpus, 1.5) : 0;

    /// <summary>Whether the plateau is flat: p90 - p10 at most 4 points and a twenty-fifth of the level.</summary>
    public bool Flat => Spread <= 4 + (0.04 * Level);
}
