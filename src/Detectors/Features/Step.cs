using Watchdog.Detectors.Facts;

namespace Watchdog.Detectors.Features;

/// <summary>Sudden changes at the end of a window.</summary>
public static class Step
{
    /// <summary>CPU percent from which a VM counts as at its ceiling.</summary>
    public const float Ceiling = 96;
    private const float Jump = 40;

    /// <summary>
    /// When CPU went to the ceiling at once: known points at 96 % or more up to the end, 40 points or more above the one before them, or above the one
    /// before that when a part-filled sample lies between; or a last known point 40 points above its forerunner after which the metric fell silent.
    /// </summary>
    /// <returns>Start of the first period of the rise; null when CPU is not at the ceiling or came there slowly.</returns>
    public static DateTimeOffset? CeilingAt(MetricWindow cpu)
    {
        var values = cpu.Values;
        var newest = Previous(values, values.Length);
        if (newest < 0)
        {
            return null;
        }

        var first = newest;
        while (values[first] >= Ceiling && Previous(values, first) is var earlier and >= 0 && values[earlier] >= Ceiling)
        {
            first = earlier;
        }

        var below = Previous(values, first);
        if (below < 0)
        {
            return null;
        }

        if (values[newest] < Ceiling)
        {
            return values[newest] - values[below] >= Jump && values.Length - 1 - newest >= 2 ? At(cpu, newest) : null;
        }

        var under = Previous(values, below);
        return under >= 0 && values[below] - values[under] >= Jump ? At(cpu, below)
            : values[first] - values[below] >= Jump ? At(cpu, first)
            : null;
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

    private static DateTimeOffset At(MetricWindow window, int index) => window.Start.AddSeconds((double)index * window.PeriodSeconds);

    private static int Previous(ReadOnlySpan<float> values, int index)
    {
        var previous = index - 1;
        while (previous >= 0 && float.IsNaN(values[previous]))
        {
            previous--;
        }

        return previous;
    }
}
