using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Features;

namespace Watchdog.Detectors.Screening;

/// <summary>Measures a plateau and what came with it over 48 h of context.</summary>
internal static class TriageMeasure
{
    // 48 h of minutes is the most that is ever asked for.
    private const int MostPoints = 2880;
    private const float AllHigh = 0.75f;

    public static PlateauWork Of(in VmFacts vm, in ContextWindows context, in ScreenResult screen, TriageOptions options)
    {
        var cpu = context.Cpu.Values;
        if (cpu.Length > MostPoints)
        {
            throw new ArgumentException($"Context of {cpu.Length} points is more than {MostPoints}.", nameof(context));
        }

        Span<sbyte> member = stackalloc sbyte[cpu.Length];
        var threshold = Threshold(cpu, screen);
        var onset = screen.Outcome == ScreenOutcome.SlowNovel
            ? Scattered(cpu, threshold, Math.Max(0, cpu.Length - Periods(context, options.SlowHours)), member)
            : Steady(context.Cpu, threshold, member);
        Span<float> inside = stackalloc float[cpu.Length];
        Span<float> before = stackalloc float[cpu.Length];
        int high = 0, earlier = 0;
        for (var i = 0; i < cpu.Length; i++)
        {
            if (member[i] > 0)
            {
                inside[high++] = cpu[i];
            }
            else if (member[i] < 0)
            {
                before[earlier++] = cpu[i];
            }
        }

        var known = Stat.Known(before[..earlier]);
        before = known >= options.LeastPoints ? before[..earlier] : [];
        before.Sort();
        return new PlateauWork(context.Cpu.Start.AddSeconds((double)onset * context.Cpu.PeriodSeconds), Stat.Median(inside[..high]), Stat.OfSorted(before, 0.5),
            Stat.OfSorted(before, 0.95), Stat.Spread(inside[..high]), Stat.MedianAbsoluteDeviation(inside[..high]), known * context.Cpu.PeriodSeconds / 3600d,
            Change.Of(context.NetworkIn.Values, member, options.LeastPoints), Change.Of(context.NetworkOut.Values, member, options.LeastPoints),
            Change.Of(context.DiskReads.Values, member, options.LeastPoints), Change.Of(context.DiskWrites.Values, member, options.LeastPoints),
            vm.Vcpus, context.Cpu.PeriodSeconds);
    }

    // Halfway between what was low and the plateau: a plateau that is longer than the screen's window is followed to its start.
    private static float Threshold(ReadOnlySpan<float> cpu, in ScreenResult screen)
    {
        if (!float.IsNaN(screen.Usual))
        {
            return (Math.Min(screen.Usual, screen.Level) + screen.Level) / 2;
        }

        // Without a usual level: where all that is known is high, all of it is the plateau.
        var low = Stat.Quantile(cpu, 0.1);
        return low < AllHigh * screen.Level ? (low + screen.Level) / 2 : AllHigh * screen.Level;
    }

    private static int Steady(MetricWindow cpu, float threshold, Span<sbyte> member)
    {
        var at = Plateau.OnsetOf(cpu, threshold, 1);
        var onset = at is null ? cpu.Values.Length : (int)((at.Value - cpu.Start).TotalSeconds / cpu.PeriodSeconds);
        for (var i = 0; i < member.Length; i++)
        {
            member[i] = (sbyte)(float.IsNaN(cpu.Values[i]) ? 0 : i < onset ? -1 : cpu.Values[i] > threshold ? 1 : 0);
        }

        return onset;
    }

    // Bursts: the high points since the start against everything else.
    private static int Scattered(ReadOnlySpan<float> cpu, float threshold, int start, Span<sbyte> member)
    {
        var onset = cpu.Length;
        for (var i = cpu.Length - 1; i >= 0; i--)
        {
            var high = cpu[i] > threshold;
            member[i] = (sbyte)(float.IsNaN(cpu[i]) ? 0 : high && i >= start ? 1 : high ? 0 : -1);
            onset = high && i >= start ? i : onset;
        }

        return onset;
    }

    private static int Periods(in ContextWindows context, double hours) => (int)(hours * 3600 / Math.Max(1, context.Cpu.PeriodSeconds));
}
