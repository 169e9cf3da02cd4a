using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Features;

namespace Watchdog.Detectors.Screening;

/// <summary>The cheap look at every VM: is its CPU at a level that is new for it? Allocates nothing.</summary>
public static class Screen
{
    /// <summary>Judges one VM.</summary>
    /// <param name="vm">The VM; its launch time gives the boot grace, its status is not looked at here.</param>
    /// <param name="cpu">CPUUtilization of the trailing three hours; absent points are passed over, never read as zero.</param>
    /// <param name="baseline">The VM's usual CPU; default when there is none.</param>
    /// <param name="now">The instant of judgement.</param>
    /// <param name="options">Settings.</param>
    /// <param name="cohort">What VMs like it usually take, where <see cref="AsksCohort"/> says that it would tell; null when there are too few of them.</param>
    public static ScreenResult Judge(
        in VmFacts vm, MetricWindow cpu, in Baseline baseline, DateTimeOffset now, ScreenOptions options, Cohort? cohort = null)
    {
        var period = Math.Max(1, cpu.PeriodSeconds);
        var halfHour = Math.Max(1, 1800 / period);
        var level = Stat.LastMedian(cpu.Values, 3, halfHour);
        var lag = baseline.HoursAfter(now.AddHours(-options.LagHours));
        var history = baseline.KnownHours - lag;
        if (float.IsNaN(level) || now - cpu.End > TimeSpan.FromMinutes(30))
        {
            return new ScreenResult(ScreenOutcome.CannotTell, null, level, float.NaN, 0, 0, history);
        }

        var grace = Grace.Of(vm, options.BootGraceMinutes);
        return history < options.ColdHours
            ? Cold(cpu, level, history, grace, halfHour, options, cohort)
            : Warm(cpu, baseline, lag, level, history, grace, halfHour, options);
    }

    /// <summary>Whether a cohort could change the answer: the VM is new, has no usual level yet, and is neither low nor suspicious anyway.</summary>
    /// <remarks>A VM that ran long before it was first seen has a past of its own to be read; its neighbours say less.</remarks>
    public static bool AsksCohort(in VmFacts vm, in ScreenResult seen, DateTimeOffset now, ScreenOptions options) =>
        seen.Outcome is ScreenOutcome.Quiet or ScreenOutcome.Hot && seen.HistoryHours < options.ColdHours && seen.Level > options.FloorPercent
        && vm.LaunchTime is { } launch && now >= launch && now - launch <= TimeSpan.FromHours(options.CohortHours);

    private static ScreenResult Cold(
        MetricWindow cpu, float level, int history, in Grace grace, int halfHour, ScreenOptions options, Cohort? cohort)
    {
        // One dip may lie among the hot points when there are more than are needed.
        var points = options.ColdHotPoints;
        var seen = Plateau.At(cpu, options.ColdHotPercent, points + 1, halfHour * 3, grace);
        var hot = seen.High >= points && level >= options.ColdHotPercent;
        if (!hot && (StepInWindow(cpu, level, history, grace, options) ?? AboveCohort(cpu, level, history, grace, halfHour, options, cohort)) is { } found)
        {
            return found;
        }

        var outcome = hot ? ScreenOutcome.ColdHot : seen.High >= options.HotPoints ? ScreenOutcome.Hot : ScreenOutcome.Quiet;
        var onset = hot ? Plateau.OnsetOf(cpu, options.ColdHotPercent, 1) : seen.Onset;
        return new ScreenResult(outcome, onset, level, float.NaN, seen.Known, seen.High, history);
    }

    // A cohort that is always busy takes nothing back: the fixed level holds beside it, or a tenant's own farm would be a cover.
    private static ScreenResult? AboveCohort(
        MetricWindow cpu, float level, int history, in Grace grace, int halfHour, ScreenOptions options, Cohort? cohort)
    {
        if (cohort is null)
        {
            return null;
        }

        var threshold = Math.Max(options.FloorPercent, cohort.Usual + options.NoveltyPoints);
        var seen = Plateau.At(cpu, threshold, options.ColdHotPoints + 1, halfHour * 3, grace);
        return seen.High >= options.ColdHotPoints && level >= threshold
            ? new ScreenResult(ScreenOutcome.ColdHot, Plateau.OnsetOf(cpu, threshold, 1), level, float.NaN, seen.Known, seen.High, history) { Cohort = cohort }
            : null;
    }

    // Without history the window's own first half stands for "usual": triage holds the step against 48 h.
    private static ScreenResult? StepInWindow(MetricWindow cpu, float level, int history, in Grace grace, ScreenOptions options)
    {
        var earlier = cpu.Values[..(cpu.Values.Length / 2)];
        if (Stat.Known(earlier) < options.ColdHotPoints)
        {
            return null;
        }

        var usual = Stat.Quantile(earlier, 0.95);
        var threshold = Math.Max(options.FloorPercent, usual + (2 * options.NoveltyPoints));
        var seen = Plateau.At(cpu, threshold, options.PlateauPoints, options.PlateauPoints * 2, grace);
        return seen.Known >= options.PlateauPoints && seen.High >= options.PlateauHigh
            ? new ScreenResult(ScreenOutcome.Novel, Plateau.OnsetOf(cpu, threshold, 1), level, usual, seen.Known, seen.High, history)
            : null;
    }

    private static ScreenResult Warm(MetricWindow cpu, in Baseline baseline, int lag, float level, int history, in Grace grace, int halfHour,
        ScreenOptions options)
    {
        // Nearly every VM ends here: too low to be worth the sort behind "usual".
        var seen = Plateau.At(cpu, options.FloorPercent, options.PlateauPoints, options.PlateauPoints * 2, grace);
        if (seen.High < options.HotPoints)
        {
            return new ScreenResult(ScreenOutcome.Quiet, null, level, float.NaN, seen.Known, 0, history);
        }

        var usual = Stat.Quantile(baseline.P95s[(Facts.Baseline.Hours - lag - history)..^lag], options.UsualQuantile);
        var threshold = Math.Max(options.FloorPercent, usual + options.NoveltyPoints);
        seen = Plateau.At(cpu, threshold, options.PlateauPoints, options.PlateauPoints * 2, grace);
        if (seen.Known >= options.PlateauPoints && seen.High >= options.PlateauHigh)
        {
            return new ScreenResult(ScreenOutcome.Novel, Plateau.OnsetOf(cpu, threshold, 1), level, usual, seen.Known, seen.High, history);
        }

        var all = lag + history;
        if ((Slow.Floor(cpu, baseline.Means[^all..^lag], options) ?? Slow.Bursts(cpu, baseline.Means[^all..], baseline.P95s[^all..], options)) is { } slow)
        {
            return slow with { Usual = float.IsNaN(slow.Usual) ? usual : slow.Usual, HistoryHours = history };
        }

        var recent = Plateau.At(cpu, threshold, halfHour, halfHour, grace);
        var outcome = recent.High >= options.HotPoints ? ScreenOutcome.Hot : ScreenOutcome.Quiet;
        return new ScreenResult(outcome, outcome == ScreenOutcome.Hot ? recent.Onset : null, level, usual, recent.Known, recent.High, history);
    }
}
