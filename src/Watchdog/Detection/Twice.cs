using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;

namespace Watchdog.Detection;

/// <summary>A look inside is asked twice before an act, unless a piece of it is decisive: what one look confirms stays a suspicion until the second.</summary>
public static class Twice
{
    /// <summary>The finding, held back where only one look inside speaks for it.</summary>
    public static Finding Held(Finding finding, CaseFacts facts)
    {
        if (finding.Verdict != Verdict.Confirmed || facts.Guest.Earlier is not null)
        {
            return finding;
        }

        var inside = false;
        foreach (var piece in finding.Evidence)
        {
            if (piece.Decisive || (piece.Weight > 0 && piece.Family is Family.StatusChecks or Family.Console))
            {
                return finding;
            }

            inside |= piece.Weight > 0 && piece.Family is Family.GuestProcesses or Family.GuestConnections or Family.GuestLoad;
        }

        return inside ? finding with { Verdict = Verdict.Suspicion, Reason = $"{finding.Reason} One look inside says so; a second is due." } : finding;
    }
}
