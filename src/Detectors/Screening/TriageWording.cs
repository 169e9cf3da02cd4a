using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Features;
using Watchdog.Detectors.Findings;
using static System.FormattableString;

namespace Watchdog.Detectors.Screening;

/// <summary>Turns a plateau's numbers into pieces of evidence and triage's answer.</summary>
internal static class TriageWording
{
    public static TriageResult Conclude(in PlateauWork work, in VmFacts vm, in ContextWindows context, in ScreenResult screen, TriageOptions options)
    {
        var scale = work.PeriodSeconds / 300d;
        var network = work.AddedNetwork >= options.NetworkFloorBytes * scale && work.NetworkPerCoreSecond >= options.NetworkPerCoreSecond;
        var disk = work.AddedDisk >= options.DiskFloorOps * scale && work.DiskPerCoreSecond >= options.DiskPerCoreSecond;
        var absent = float.IsNaN(work.AddedNetwork);
        var evidence = new List<Evidence>(5) { Shape(work, screen) };
        if (work.Flat)
        {
            evidence.Add(Weights.Flat.Because(Invariant($"The plateau is flat: nine tenths of its points lie within {work.Spread:0.0} points.")));
        }

        Traffic(work, network, disk, absent, evidence);
        if (CreditShape.Spent(context.Credits, work.Onset))
        {
            evidence.Add(Weights.CreditsSpent.Because("CPU credits ran out under the plateau."));
        }

        var runaway = work.WholeCores > 0 && !network && !disk && !absent && work.NetworkPerCoreSecond < 4;
        if (runaway)
        {
            evidence.Add(Weights.WholeCores.Because(Invariant($"The rise is {work.WholeCores} whole core(s) of {vm.Vcpus}, within {work.Spread:0.0} points.")));
        }

        var outcome = network || disk ? TriageOutcome.Benign : TriageOutcome.Suspicion;
        var reason = string.Join(' ', evidence.Select(static piece => piece.Sentence))
            + (absent && outcome == TriageOutcome.Suspicion ? " Network context is absent: it neither explains nor exculpates." : "");
        return new TriageResult(outcome, runaway ? FindingClass.Runaway : FindingClass.Miner, work.Onset, work.Level, work.Usual,
            work.AddedCoreSeconds, work.NetworkPerCoreSecond, work.DiskPerCoreSecond, absent, reason, evidence);
    }

    private static Evidence Shape(in PlateauWork work, in ScreenResult screen) => screen.Outcome switch
    {
        ScreenOutcome.ColdHot => Weights.ColdHot.Because(screen.Reason()),
        ScreenOutcome.SlowNovel => Weights.SlowRise.Because(screen.Reason()),
        _ => Weights.NovelPlateau.Because(float.IsNaN(work.Usual)
            ? screen.Reason()
            : Invariant($"CPU went from {work.Usual:0.#} % to {work.Level:0.#} % at {work.Onset:yyyy-MM-dd HH:mm} UTC and stayed, above the {screen.Usual:0.#} % that is usual for this VM.")),
    };

    private static void Traffic(in PlateauWork work, bool network, bool disk, bool absent, List<Evidence> evidence)
    {
        if (network)
        {
            evidence.Add(Weights.NetworkExplains.Because(Invariant($"Traffic rose with it by {work.AddedNetwork:0} bytes a period, {work.NetworkPerCoreSecond:0} bytes a core-second: that explains CPU.")));
        }
        else if (!absent)
        {
            evidence.Add(Weights.NoAddedNetwork.Because(Invariant($"Traffic did not rise with it: {work.AddedNetwork:0} bytes a period for {work.AddedCoreSeconds:0} core-seconds.")));
        }

        if (disk)
        {
            evidence.Add(Weights.DiskExplains.Because(Invariant($"Disk work rose with it by {work.AddedDisk:0} operations a period, {work.DiskPerCoreSecond:0.0} a core-second: that explains CPU.")));
        }
    }
}
