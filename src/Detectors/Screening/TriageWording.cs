using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Features;
using Watchdog.Detectors.Findings;
using static System.FormattableString;

namespace Watchdog.Detectors.Screening;

/// <summary>Turns a plateau's numbers into pieces of evidence and triage's answer.</summary>
internal static class TriageWording
{
    public static TriageResult CannotTell(in PlateauWork work, string missing) => Result(TriageOutcome.CannotTell, FindingClass.Miner, work, missing, []);

    public static TriageResult NotNew(in PlateauWork work)
    {
        var piece = Weights.SeenBefore.Because(Invariant($"CPU at {work.Level:0.#} % is not new: a twentieth of the {work.HoursBefore:0} h before were above {work.UsualHigh:0.#} %."));
        return Result(TriageOutcome.Benign, FindingClass.Miner, work, piece.Sentence, [piece]);
    }

    public static TriageResult Conclude(in PlateauWork work, in VmFacts vm, in ContextWindows context, in ScreenResult screen, TriageOptions options)
    {
        var absent = float.IsNaN(work.AddedNetwork);
        var evidence = new List<Evidence>(6) { Shape(work, screen) };
        if (work.Flat)
        {
            evidence.Add(Weights.Flat.Because(Invariant($"The plateau is flat: eight tenths of its points lie within {work.Spread:0.0} points.")));
        }

        var explained = Explains(work, screen, options, evidence);
        if (!absent && !explained)
        {
            evidence.Add(Weights.NoAddedNetwork.Because(float.IsNaN(work.NetworkIn.Before)
                ? Invariant($"Traffic is low beside it: {work.AddedNetwork:0} bytes a period for {work.AddedCoreSeconds:0} core-seconds.")
                : Invariant($"Traffic did not rise with it: {work.AddedNetwork:+0;-0;0} bytes a period for {work.AddedCoreSeconds:0} core-seconds.")));
        }

        if (CreditShape.Spent(context.Credits, work.Onset))
        {
            evidence.Add(Weights.CreditsSpent.Because("CPU credits ran out under the plateau."));
        }

        // A miner adds a few kB and likes all cores; what takes a part of them whole and moves no traffic spins.
        var still = Math.Abs(work.NetworkPerCoreSecond) < options.RunawayBytesPerCoreSecond
            || (work.WholeCores < vm.Vcpus && work.NetworkIn.Unmoved && work.NetworkOut.Unmoved);
        var runaway = work.WholeCores > 0 && !explained && !absent && still;
        if (runaway)
        {
            evidence.Add(Weights.WholeCores.Because(Invariant($"The rise is {work.WholeCores} whole core(s) of {vm.Vcpus}, with a median deviation of {work.Deviation:0.0} points.")));
        }

        var reason = string.Join(' ', evidence.Select(static piece => piece.Sentence))
            + (absent && !explained ? " Network context is absent: it neither explains nor exculpates." : "");
        return Result(explained ? TriageOutcome.Explained : TriageOutcome.Suspicion, runaway ? FindingClass.Runaway : FindingClass.Miner, work, reason, evidence);
    }

    private static Evidence Shape(in PlateauWork work, in ScreenResult screen) => screen.Outcome switch
    {
        ScreenOutcome.ColdHot when screen.Cohort is not null => Weights.AboveCohort.Because(screen.Reason()),
        ScreenOutcome.ColdHot => Weights.ColdHot.Because(screen.Reason()),
        ScreenOutcome.SlowNovel => Weights.SlowRise.Because(screen.Reason()),
        _ => Weights.NovelPlateau.Because(float.IsNaN(work.Usual)
            ? screen.Reason()
            : Invariant($"CPU went from {work.Usual:0.#} % to {work.Level:0.#} % at {work.Onset:yyyy-MM-dd HH:mm} UTC and stayed; up to {Math.Max(work.UsualHigh, screen.Usual):0.#} % was usual for this VM.")),
    };

    private static bool Explains(in PlateauWork work, in ScreenResult screen, TriageOptions options, List<Evidence> evidence)
    {
        var before = evidence.Count;
        var scale = work.PeriodSeconds / 300d;
        // On a VM without a before all its I/O would count as added: it must be far more to explain.
        var ratio = float.IsNaN(work.NetworkIn.Before) ? options.ColdNetworkPerCoreSecond : options.NetworkPerCoreSecond;
        var diskRatio = float.IsNaN(work.Writes.Before) ? options.ColdDiskPerCoreSecond : options.DiskPerCoreSecond;
        var novel = options.NovelTrafficBytes * scale;
        // Bursts and the pauses between them share their hours, so that little noise lies between.
        ratio = screen.Outcome == ScreenOutcome.SlowNovel && !float.IsNaN(work.NetworkIn.Before) ? 0 : ratio;
        // With a load of its own the VM has shown what CPU a byte costs; a miner under it costs far more than the day's traffic.
        var cheap = work.ShareAtUsualPrice(work.AddedNetwork, work.NetworkIn.Before + work.NetworkOut.Before, options.NetworkFloorBytes * scale, options.PricedFromPercent)
            < options.PricedShare;
        var cheapDisk = work.ShareAtUsualPrice(work.AddedDisk, work.Reads.Before + work.Writes.Before, 0, options.PricedFromPercent) < options.PricedShare;
        if (!cheap && work.AddedNetwork >= options.NetworkFloorBytes * scale && work.NetworkPerCoreSecond >= ratio)
        {
            evidence.Add(Weights.NetworkExplains.Because(Invariant($"Traffic rose with it by {work.AddedNetwork:0} bytes a period, {work.NetworkPerCoreSecond:0} bytes a core-second: that explains CPU.")));
        }
        else if (!cheap && (work.NetworkIn.RoseBy(novel) || work.NetworkOut.RoseBy(novel)))
        {
            evidence.Add(Weights.NetworkExplains.Because(Invariant($"Traffic rose with it beyond what is usual: {work.NetworkIn.Added:+0;-0;0} bytes in, {work.NetworkOut.Added:+0;-0;0} out a period; a miner needs a few kB.")));
        }
        else if (work.NetworkOut.FellBy(options.FallenTrafficBytes * scale, options.FallenTrafficShare))
        {
            evidence.Add(Weights.OtherWork.Because(Invariant($"NetworkOut fell with it from {work.NetworkOut.Before:0} to {work.NetworkOut.During:0} bytes a period, under what is usual: the VM went over to other work of its own.")));
        }

        if (!cheapDisk && work.AddedDisk >= options.DiskFloorOps * scale && work.DiskPerCoreSecond >= diskRatio)
        {
            evidence.Add(Weights.DiskExplains.Because(Invariant($"Disk work rose with it by {work.AddedDisk:0} operations a period, {work.DiskPerCoreSecond:0.0} a core-second: that explains CPU.")));
        }

        return evidence.Count > before;
    }

    private static TriageResult Result(TriageOutcome outcome, FindingClass @class, in PlateauWork work, string reason, IReadOnlyList<Evidence> evidence)
        => new(outcome, @class, work.Onset, work.Level, work.Usual, work.AddedCoreSeconds, work.NetworkPerCoreSecond, work.DiskPerCoreSecond,
            float.IsNaN(work.AddedNetwork), reason, evidence);
}
