using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Features;
using Watchdog.Detectors.Findings;

namespace Watchdog.Detectors.Screening;

/// <summary>The second look: is the plateau explained by network or disk work that came with it?</summary>
public static class Triage
{
    /// <summary>Judges a plateau that the screen found.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="context">Up to 48 h of metrics; an absent one neither explains nor exculpates.</param>
    /// <param name="screen">What the screen saw; its onset divides before from plateau.</param>
    /// <param name="now">The instant of judgement.</param>
    /// <param name="options">Settings.</param>
    public static TriageResult Judge(in VmFacts vm, in ContextWindows context, in ScreenResult screen, DateTimeOffset now, TriageOptions options)
    {
        var cpu = context.Cpu;
        var onsetAt = screen.Onset ?? now.AddHours(-1);
        var onset = cpu.Values.IsEmpty ? 0 : (int)Math.Clamp((onsetAt - cpu.Start).TotalSeconds / cpu.PeriodSeconds, 0, cpu.Values.Length);
        var level = Stat.Median(cpu.Values[onset..]);
        if (float.IsNaN(level))
        {
            return new TriageResult(TriageOutcome.CannotTell, FindingClass.Miner, onsetAt, level, float.NaN, 0, double.NaN, double.NaN, true,
                "The CPU of the plateau is absent from the context, so that nothing can be compared with it.", []);
        }

        var usual = Stat.Known(cpu.Values[..onset]) >= options.LeastPoints ? Stat.Median(cpu.Values[..onset]) : float.NaN;
        var added = AddedIo.CoreSeconds(level, float.IsNaN(usual) ? 0 : usual, vm.Vcpus, cpu.PeriodSeconds);
        Span<bool> high = stackalloc bool[cpu.Values.Length];
        for (var i = onset; i < high.Length; i++)
        {
            high[i] = cpu.Values[i] >= level * 0.8f;
        }

        var network = Sum(Rise(context.NetworkIn, onset, high, options), Rise(context.NetworkOut, onset, high, options));
        var disk = Sum(Rise(context.DiskReads, onset, high, options), Rise(context.DiskWrites, onset, high, options));
        var plateau = new PlateauWork(onsetAt, level, usual, Stat.Spread(cpu.Values[onset..]), added, network, disk, vm.Vcpus, cpu.PeriodSeconds);
        return TriageWording.Conclude(plateau, vm, context, screen, options);
    }

    // A VM without a before (first boot) is compared with nothing at all.
    private static float Rise(MetricWindow metric, int onset, ReadOnlySpan<bool> high, TriageOptions options)
    {
        if (metric.Values.Length != high.Length)
        {
            return float.NaN;
        }

        return Stat.Known(metric.Values[..onset]) >= options.LeastPoints
            ? AddedIo.Added(metric.Values, onset, high, options.LeastPoints)
            : AddedIo.Level(metric.Values, onset, high, options.LeastPoints);
    }

    private static float Sum(float a, float b) => a + b;
}
