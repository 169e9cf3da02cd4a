using Watchdog.Detectors.Abuse;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Health;
using Watchdog.Detectors.Idle;
using Watchdog.Detectors.Mining;

namespace Watchdog.Detectors.Verdicts;

/// <summary>Asks all detectors and settles which of two that explain the same facts may speak.</summary>
public static class Judgement
{
    private static readonly FindingClass[] Leads = [FindingClass.ForkBomb, FindingClass.Panic, FindingClass.Miner, FindingClass.Runaway];

    private static readonly IReadOnlyList<Finding> Quiet = [DeadVmDetector.Passes, ForkBombDetector.Nothing, MinerDetector.NoPlateau, RunawayDetector.NoPlateau];

    /// <summary>One finding a class: dead VM (panic or host fault), fork bomb, miner, runaway and, when asked for, idle.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="options">Settings.</param>
    /// <param name="idle">Whether idleness is asked for.</param>
    /// <param name="open">The class of the VM's open episode, as <see cref="Leading"/> tells it: what could be either goes on as what was opened.</param>
    /// <returns>Every class that was asked, the clear and the untold ones too.</returns>
    public static IReadOnlyList<Finding> Of(CaseFacts facts, DetectorOptions options, bool idle = false, FindingClass? open = null)
    {
        var dead = DeadVmDetector.Judge(facts, options.DeadVm);
        var bomb = ForkBombDetector.Judge(facts, options.ForkBomb);
        var miner = MinerDetector.Judge(facts, options.Miner);
        var runaway = RunawayDetector.Judge(facts, options.Runaway);
        if (!idle && open is null && ReferenceEquals(dead, DeadVmDetector.Passes) && ReferenceEquals(bomb, ForkBombDetector.Nothing)
            && ReferenceEquals(miner, MinerDetector.NoPlateau) && ReferenceEquals(runaway, RunawayDetector.NoPlateau))
        {
            return Quiet;
        }

        (dead, bomb) = dead.Class == FindingClass.HostFault && Speaks(dead) ? (dead, Yield(bomb, dead)) : Settle(dead, bomb, PrefersDead(dead, bomb));
        (dead, bomb) = open == FindingClass.ForkBomb ? GoesOn(dead, bomb) : (dead, bomb);
        foreach (var first in (Finding[])[dead, bomb])
        {
            // What kills or chokes the guest also shows as CPU: only a confirmed miner or runaway stands beside it.
            (miner, runaway) = Speaks(first) ? (YieldSuspicion(miner, first), YieldSuspicion(runaway, first)) : (miner, runaway);
        }

        (miner, runaway) = Settle(miner, runaway, PrefersMiner(miner, runaway, facts, open));
        return idle
            ? [dead, bomb, miner, runaway, IdleDetector.Judge(facts, options.Idle, dead, bomb, miner, runaway)]
            : [dead, bomb, miner, runaway];
    }

    /// <summary>Of a VM's open episodes the one under which the others may be explained: fork bomb, panic, miner, runaway, in this order.</summary>
    /// <returns>Null when none of these is open.</returns>
    public static FindingClass? Leading(IReadOnlyCollection<FindingClass> open)
    {
        foreach (var @class in Leads)
        {
            if (open.Contains(@class))
            {
                return @class;
            }
        }

        return null;
    }

    // Long after its ceiling a bombed guest looks like a dead one.
    private static (Finding Dead, Finding Bomb) GoesOn(Finding dead, Finding bomb)
        => dead.Class == FindingClass.Panic && Speaks(dead) && !Speaks(bomb) && !Tells(dead)
            ? (Yield(dead, bomb), dead with { Class = FindingClass.ForkBomb, Verdict = Verdict.Suspicion, Reason = $"The fork bomb's guest has not come back. {dead.Reason}" })
            : (dead, bomb);

    // A choked guest fails its check too; the console's last words tell a dead kernel from it.
    private static bool PrefersDead(Finding dead, Finding bomb)
        => dead.Verdict > bomb.Verdict || Tells(dead);

    private static bool Tells(Finding dead) => dead.Evidence.Any(static piece => piece.Code == Weights.PanicText.Code || piece.Code == Weights.LockupText.Code);

    private static bool PrefersMiner(Finding miner, Finding runaway, CaseFacts facts, FindingClass? open)
        => miner.Verdict != runaway.Verdict ? miner.Verdict > runaway.Verdict
            // A spinning mistake has no reason to silence the agent.
            : Silenced.In(miner) || (open is FindingClass.Miner or FindingClass.Runaway ? open == FindingClass.Miner
                : facts.Snapshot is null ? facts.Triage?.Class != FindingClass.Runaway
                : miner.Score >= runaway.Score);

    private static (Finding First, Finding Second) Settle(Finding first, Finding second, bool firstGoes)
        => !Speaks(first) || !Speaks(second) ? (first, second)
            : firstGoes ? (first, Yield(second, first)) : (Yield(first, second), second);

    private static bool Speaks(Finding finding) => finding.Verdict is Verdict.Suspicion or Verdict.Confirmed;

    private static Finding YieldSuspicion(Finding finding, Finding to) => finding.Verdict == Verdict.Suspicion ? Yield(finding, to) : finding;

    private static Finding Yield(Finding finding, Finding to) => Speaks(finding)
        ? finding with { Verdict = Verdict.Clear, Reason = $"The same facts are better explained as {Finding.NameOf(to.Class)}. {finding.Reason}" }
        : finding;
}
