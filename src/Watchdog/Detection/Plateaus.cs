using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;

namespace Watchdog.Detection;

/// <summary>Decides which plateau is triaged, and what triage's answer makes of the VM. Pure.</summary>
public static class Plateaus
{
    /// <summary>A benign plateau that goes on is triaged again after this long, lest other work hide at its level.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromHours(6);
    private static readonly TimeSpan SameOnset = TimeSpan.FromMinutes(20);
    private const float SameLevel = 10;

    /// <summary>Whether the subject's plateau is new, or owed a triage that failed.</summary>
    public static bool NeedsTriage(Subject subject, DateTimeOffset now, string indicators)
    {
        // What is remembered is looked into instead.
        if (subject.Screen is not { Suspicious: true } screen || subject.After is { Stage: SuspectStage.Recall } || Recall.IsDue(subject, now, indicators))
        {
            return false;
        }

        return subject.Before switch
        {
            { Stage: SuspectStage.Benign } known => known.Detail.Indicators != indicators || !Continues(known, screen, subject.Cpu, now),
            { Stage: SuspectStage.Inspection } known => known.Detail.Triage is null,
            { Stage: SuspectStage.Triage } known => Inspections.IsDue(known, now),
            _ => true,
        };
    }

    /// <summary>What triage's answer makes of the VM.</summary>
    /// <param name="indicators">Version of the indicators in force: what others cleared is not remembered.</param>
    /// <param name="enough">Whether the context came, or will not come; false leaves the triage owed.</param>
    public static Suspect AfterTriage(
        Subject subject, TriageResult result, bool enough, string indicators, DateTimeOffset now, DetectionOptions options)
    {
        var before = subject.Before;
        var cleared = before?.Detail.Cleared is { } known && known.Indicators == indicators && now - known.At < TimeSpan.FromDays(options.BenignDays) ? known : null;
        var fresh = new Suspect(
            subject.Vm.InstanceId, subject.Vm.Scope, subject.Vm.Shard, Finding.NameOf(result.Class), SuspectStage.Inspection, result.Onset, now, now, 0, null,
            new SuspectDetail { Triage = result, TriagedAt = now, Cleared = cleared, Indicators = indicators });
        if (before is { Stage: SuspectStage.Inspection })
        {
            // The status checks' suspect: its looks go on, now with a plateau beside them.
            return before with { Detail = before.Detail with { Triage = result, TriagedAt = now } };
        }

        var explained = result.Outcome == TriageOutcome.Explained;
        if (result.Outcome == TriageOutcome.Benign || (explained && !options.LookIntoExplained) || cleared?.Covers(result) == true)
        {
            return fresh with { Stage = SuspectStage.Benign, DueAt = (cleared?.At ?? now).AddDays(options.BenignDays) };
        }

        // A call that failed is repeated soon; a context that tells nothing needs time before it tells more.
        return explained || (enough && result.Outcome == TriageOutcome.Suspicion)
            ? fresh
            : fresh with { Stage = SuspectStage.Triage, DueAt = now.AddMinutes(enough ? 30 : 5) };
    }

    /// <summary>Whether a remembered plateau goes on, looked at within the last hours.</summary>
    /// <remarks>The same stretch: begun at the remembered onset, or so long ago that its beginning has left the window.</remarks>
    internal static bool Continues(Suspect known, in ScreenResult screen, Points cpu, DateTimeOffset now)
    {
        if (known.DueAt <= now || known.Detail.Triage is not { } triage || known.Detail.TriagedAt is not { } at || now - at >= Again || now < at)
        {
            return false;
        }

        var onset = screen.Onset ?? now;
        var same = (onset - triage.Onset).Duration() <= SameOnset || (triage.Onset < cpu.Start && onset <= cpu.Start + SameOnset);
        return same && MathF.Abs(screen.Level - triage.Level) <= SameLevel;
    }
}
