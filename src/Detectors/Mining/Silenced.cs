using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;
using static System.FormattableString;

namespace Watchdog.Detectors.Mining;

/// <summary>
/// What a lost agent says beside a plateau of CPU. Lost long before, it says little: agents die for many reasons. Lost with the plateau or in it, the
/// one witness of what takes the CPU fell silent when the CPU rose, and traffic that rises beside it settles nothing any more.
/// </summary>
public static class Silenced
{
    /// <summary>How long before the plateau the last ping may lie: agents ping each five minutes, and a plateau's first samples may be part-filled.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(15);

    /// <summary>The piece of evidence, or null: the agent is not lost, or there is no plateau that it could bear witness of.</summary>
    /// <param name="guest">The look inside.</param>
    /// <param name="triage">The plateau; null when there is none.</param>
    public static Evidence? Of(GuestReading guest, TriageResult? triage)
    {
        if (guest.State != GuestState.AgentLost || triage is not { Outcome: TriageOutcome.Suspicion or TriageOutcome.Explained })
        {
            return null;
        }

        if (guest.LostSince is { } since && since >= triage.Onset - Margin)
        {
            return Weights.AgentSilenced.Because(Invariant($"The SSM agent was last heard of at {since:yyyy-MM-dd HH:mm} UTC and the plateau began at {triage.Onset:HH:mm}: it fell silent with it or under it."));
        }

        return triage.Outcome == TriageOutcome.Suspicion
            ? Weights.AgentLost.Because("The SSM agent's connection is lost, so that the guest cannot be asked.")
            : null;
    }

    /// <summary>Whether the finding stands on an agent that fell silent with the plateau.</summary>
    public static bool In(Finding finding)
    {
        foreach (var piece in finding.Evidence)
        {
            if (piece.Code == Weights.AgentSilenced.Code)
            {
                return true;
            }
        }

        return false;
    }
}
