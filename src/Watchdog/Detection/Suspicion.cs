using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Mining;
using Watchdog.Detectors.Screening;

namespace Watchdog.Detection;

/// <summary>What becomes of a VM's suspicion after a run's looks and verdicts. Pure.</summary>
public static class Suspicion
{
    /// <summary>The suspect to keep, or null to forget the VM.</summary>
    /// <param name="open">Whether the VM has an open episode after this run.</param>
    public static Suspect? After(Subject subject, bool open, DateTimeOffset now, DetectionOptions options)
    {
        var suspicious = subject.Findings.FirstOrDefault(finding => finding.Verdict is Verdict.Suspicion or Verdict.Confirmed);
        if (subject.After is not { } suspect)
        {
            return open || suspicious is not null ? Begin(subject, suspicious, SuspectStage.Inspection, now)
                : IsHigh(subject) ? Begin(subject, null, SuspectStage.Hot, now)
                : null;
        }

        return suspect.Stage switch
        {
            SuspectStage.Hot when open || suspicious is not null => Begin(subject, suspicious, SuspectStage.Inspection, now),
            SuspectStage.Hot or SuspectStage.Triage when IsCalm(subject) => null,
            SuspectStage.Benign or SuspectStage.Recall when open => suspect with { Stage = SuspectStage.Inspection, DueAt = now },
            SuspectStage.Benign when suspect.DueAt <= now || suspect.DueAt > now.AddDays(options.BenignDays) => null,
            SuspectStage.Recall when IsCalm(subject) => Recall.Ended(suspect, options),
            SuspectStage.Recall when Recall.IsTooLate(suspect, now) => Recall.GiveUp(suspect, now),
            SuspectStage.Inspection when !open && suspicious is null && subject.Findings.Count > 0 => Cleared(subject, suspect, now, options),
            _ => suspect,
        };
    }

    private static Suspect? Cleared(Subject subject, Suspect suspect, DateTimeOffset now, DetectionOptions options)
    {
        // Only the plateau that is there now was explained by what was seen inside: a miner that has just stopped was not.
        var seen = subject.Judged is { Guest: { State: GuestState.Read, Snapshot: { Complete: true, TopProcesses.Count: > 0 } } };
        if (seen && subject.Screen is { Suspicious: true } && subject.Judged!.Triage is { } plateau && !Fails(subject))
        {
            return Remember(suspect, plateau, BusiestExecutable.Of(subject.Judged.Guest.Snapshot!), now, options);
        }

        // Work explained it already; a guest that cannot be asked makes it no worse, and clears nothing.
        if (suspect is { Looks: > 0, Detail.Triage: { Outcome: TriageOutcome.Explained } explained } && !Fails(subject))
        {
            var remembered = Remember(suspect, explained, null, now, options);
            return remembered with { Detail = remembered.Detail with { Cleared = suspect.Detail.Cleared } };
        }

        return IsCalm(subject) ? null : suspect;
    }

    private static Suspect Remember(Suspect suspect, TriageResult plateau, string? executable, DateTimeOffset now, DetectionOptions options) => suspect with
    {
        Stage = SuspectStage.Benign, CommandId = null, DueAt = now.AddDays(options.BenignDays),
        Detail = new SuspectDetail
        {
            Triage = plateau, TriagedAt = suspect.Detail.TriagedAt, Indicators = suspect.Detail.Indicators,
            Cleared = new ClearedPlateau(now, plateau.Level, plateau.NetworkPerCoreSecond, plateau.DiskPerCoreSecond, suspect.Detail.Indicators, executable),
        },
    };

    private static Suspect Begin(Subject subject, Finding? finding, SuspectStage stage, DateTimeOffset now) => new(
        subject.Vm.InstanceId, subject.Vm.Scope, subject.Vm.Shard, finding is null ? Suspect.Unknown : Finding.NameOf(finding.Class), stage,
        subject.Screen?.Onset ?? now, now, now, 0, null, subject.After?.Detail ?? new SuspectDetail());

    private static bool IsHigh(Subject subject) => subject.Screen is { Outcome: not ScreenOutcome.Quiet and not ScreenOutcome.CannotTell };

    // Quiet by its numbers, and no check fails; a VM without numbers is neither calm nor high.
    private static bool IsCalm(Subject subject) => subject.Screen is { Outcome: ScreenOutcome.Quiet } && !Fails(subject);

    private static bool Fails(Subject subject) => subject.Status is { } status && HealthLook.Fails(status);
}
