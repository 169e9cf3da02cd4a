namespace Watchdog.Detectors.Replaying;

/// <summary>Brings a finer recording onto the worker's grid: the worker asks CloudWatch for 300 s, whatever the VM's monitoring.</summary>
public static class Resample
{
    private const int Seconds = 300;

    /// <summary>The recording at 300 s: CPU and credits averaged, bytes and operations summed, status by its worst. A period with fewer than half its parts known is absent.</summary>
    /// <returns>The recording itself where its period is 300 s, longer, or no divisor of it.</returns>
    public static RecordedVm ToFiveMinutes(RecordedVm recorded)
    {
        var parts = Seconds / Math.Max(1, recorded.PeriodSeconds);
        if (parts < 2 || Seconds % recorded.PeriodSeconds != 0)
        {
            return recorded;
        }

        var from = recorded.Start.ToUnixTimeSeconds();
        var skipped = (int)(((Seconds - (from % Seconds)) % Seconds) / recorded.PeriodSeconds);
        var periods = Math.Max(0, recorded.Periods - skipped) / parts;
        float[] Each(float[] column, Func<float[], int, float> of) => column.Length == 0 ? []
            : [.. Enumerable.Range(0, periods).Select(i => Known(column, skipped + (i * parts), parts) is var known && known.Length * 2 >= parts ? of(known, parts) : float.NaN)];
        return new RecordedVm(recorded.Vm, recorded.Start.AddSeconds((double)skipped * recorded.PeriodSeconds), Seconds, periods)
        {
            Cpu = Each(recorded.Cpu, Mean),
            NetworkIn = Each(recorded.NetworkIn, Sum),
            NetworkOut = Each(recorded.NetworkOut, Sum),
            DiskReads = Each(recorded.DiskReads, Sum),
            DiskWrites = Each(recorded.DiskWrites, Sum),
            Credits = Each(recorded.Credits, Mean),
            Surplus = Each(recorded.Surplus, Mean),
            StatusCheckFailed = Each(recorded.StatusCheckFailed, static (known, _) => known.Max()),
        };
    }

    private static float[] Known(float[] column, int from, int parts) => [.. column.AsSpan(from, parts).ToArray().Where(static value => !float.IsNaN(value))];

    private static float Mean(float[] known, int parts) => known.Average();

    // What is missing of a sum is taken at the mean of the rest.
    private static float Sum(float[] known, int parts) => known.Average() * parts;
}
