using Watchdog.Detectors.Facts;
using static System.FormattableString;

namespace Watchdog.Detectors.Screening;

/// <summary>The second look: is the plateau really new for the VM, and is it explained by network or disk work that came with it?</summary>
public static class Triage
{
    /// <summary>Judges a plateau that the screen found.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="context">Up to 48 h of metrics on one grid; an absent one neither explains nor exculpates.</param>
    /// <param name="screen">What the screen saw.</param>
    /// <param name="now">The instant of judgement.</param>
    /// <param name="options">Settings.</param>
    public static TriageResult Judge(in VmFacts vm, in ContextWindows context, in ScreenResult screen, DateTimeOffset now, TriageOptions options)
    {
        var work = TriageMeasure.Of(vm, context, screen, options);
        if (float.IsNaN(work.Level))
        {
            return TriageWording.CannotTell(work, "The CPU of the plateau is absent from the context, so that nothing can be compared with it.");
        }

        var old = vm.LaunchTime is { } launch && (now - launch).TotalHours > options.YoungHours;
        if (old && work.HoursBefore < options.LeastHoursBefore && screen.HistoryHours < options.LeastHistoryHours)
        {
            return TriageWording.CannotTell(work, Invariant($"CPU is at {work.Level:0.#} %, but the VM runs since {vm.LaunchTime:yyyy-MM-dd} and only {work.HoursBefore:0.#} h before the plateau are known: whether it is new cannot be told."));
        }

        if (work.HoursBefore >= options.LeastHoursBefore && screen.Outcome != ScreenOutcome.SlowNovel && work.Level < work.UsualHigh + options.NoveltyPoints)
        {
            return TriageWording.NotNew(work);
        }

        return TriageWording.Conclude(work, vm, context, screen, options);
    }
}
