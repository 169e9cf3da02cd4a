using Watchdog.Detectors.Facts;

namespace Watchdog.Detectors.Features;

/// <summary>A raised stretch at the end of a window: the points above a threshold, counted back from the newest.</summary>
/// <param name="Known">Known points looked at.</param>
/// <param name="High">Of them, points above the threshold.</param>
/// <param name="Onset">Start of the period of the oldest high point of the stretch; null when the stretch is empty.</param>
public readonly record struct Plateau(int Known, int High, DateTimeOffset? Onset)
{
    /// <summary>Looks at the newest <paramref name="points"/> known points within the last <paramref name="within"/> periods.</summary>
    /// <param name="cpu">CPUUtilization, percent.</param>
    /// <param name="threshold">A point counts as high when it is above this, percent.</param>
    /// <param name="points">Known points to look at.</param>
    /// <param name="within">Periods to look back, absent ones included.</param>
    /// <param name="grace">Points whose period begins in [start, end) of it are disregarded (boot).</param>
    public static Plateau At(MetricWindow cpu, float threshold, int points, int within, in Grace grace)
    {
        int known = 0, high = 0, oldest = -1;
        var values = cpu.Values;
        // By index: to make an instant of every point cost more than all the rest.
        var (from, to) = (cpu.IndexFrom(grace.From), cpu.IndexFrom(grace.To));
        for (var i = values.Length - 1; i >= 0 && i >= values.Length - within && known < points; i--)
        {
            if (float.IsNaN(values[i]) || (i >= from && i < to))
            {
                continue;
            }

            known++;
            if (values[i] > threshold)
            {
                high++;
                oldest = i;
            }
        }

        return new Plateau(known, high, oldest < 0 ? null : cpu.Start.AddSeconds((double)oldest * cpu.PeriodSeconds));
    }

    /// <summary>Start of the period from which on the known points are high with no more than <paramref name="dips"/> low ones in a row, counted back over the whole window.</summary>
    public static DateTimeOffset? OnsetOf(MetricWindow cpu, float threshold, int dips)
    {
        var oldest = -1;
        var low = 0;
        for (var i = cpu.Values.Length - 1; i >= 0 && low <= dips; i--)
        {
            var value = cpu.Values[i];
            if (value > threshold)
            {
                oldest = i;
                low = 0;
            }
            else if (!float.IsNaN(value))
            {
                low++;
            }
        }

        return oldest < 0 ? null : cpu.Start.AddSeconds((double)oldest * cpu.PeriodSeconds);
    }
}

/// <summary>The minutes after a start in which CPU says nothing: [<paramref name="From"/>, <paramref name="To"/>).</summary>
public readonly record struct Grace(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The grace of a VM; empty when its launch is unknown. Points before the launch (an earlier run) are not covered.</summary>
    public static Grace Of(in VmFacts vm, double minutes)
        => vm.LaunchTime is { } at ? new Grace(at, at.AddMinutes(minutes)) : default;

    /// <summary>Whether the instant lies in it.</summary>
    public bool Covers(DateTimeOffset instant) => instant >= From && instant < To;
}
