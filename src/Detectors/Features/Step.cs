using Watchdog.Detectors.Facts;

namespace Watchdog.Detectors.Features;

/// <summary>Sudden changes at the end of a window.</summary>
public static class Step
{
    /// <summary>CPU percent from which a VM counts as at its ceiling.</summary>
    public const float Ceiling = 96;
    private const float Jump = 40;

    /// <summary>
    /// When CPU went to the ceiling in one sample: a known point at 96 % or more, 40 points or more above the last known one before it, with
    /// every known point since at the ceiling.
    /// </summary>
    /// <returns>Start of that point's period; null when CPU is not at the ceiling or came there slowly.</returns>
    public static DateTimeOffset? CeilingAt(MetricWindow cpu)
    {
        var values = cpu.Values;
        var first = -1;
        for (var i = values.Length - 1; i >= 0; i--)
        {
            if (float.IsNaN(values[i]))
            {
                continue;
            }

            if (values[i] < Ceiling)
            {
                return first >= 0 && values[first] - values[i] >= Jump ? cpu.Start.AddSeconds((double)first * cpu.PeriodSeconds) : null;
            }

            first = i;
        }

        return null;
    }

    /// <summary>End of the last known point, when two points or more are missing after it.</summary>
    /// <returns>Null when the window ends in known points, or knows none at all.</returns>
    public static DateTimeOffset? SilentSince(MetricWindow window)
    {
        var last = window.Values.Length - 1;
        while (last >= 0 && float.IsNaN(window.Values[last]))
        {
            last--;
        }

        return last >= 0 && window.Values.Length - 1 - last >= 2 ? window.Start.AddSeconds((last + 1d) * window.PeriodSeconds) : null;
    }
}
