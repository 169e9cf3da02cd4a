using Watchdog.Slo.Classing;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Telling;

/// <summary>Consecutive minutes of a VM: what the books say, what the facts say now, and why.</summary>
/// <param name="From">First minute.</param>
/// <param name="To">First minute after.</param>
/// <param name="Booked">The cause in the books; null: not in scope.</param>
/// <param name="Judged">The cause by the facts as they are now; null: not in scope.</param>
/// <param name="Agent">What the books know of the agent.</param>
/// <param name="Evidence">The facts that decide, the decisive one first.</param>
public sealed record ExplainedMinutes(int From, int To, Cause? Booked, Cause? Judged, AgentSeen Agent, IReadOnlyList<EvidenceLine> Evidence)
{
    /// <summary>Whether the books say something else than the facts.</summary>
    public bool Differs => Booked != Judged;

    /// <summary>Lays what is booked beside what is judged anew, cut wherever either changes. Pure.</summary>
    /// <param name="booked">In order, within the span.</param>
    /// <param name="judged">In order, within the span.</param>
    public static IReadOnlyList<ExplainedMinutes> Of(IReadOnlyList<Interval> booked, IReadOnlyList<JudgedInterval> judged)
    {
        int[] points = [.. booked.SelectMany(one => (int[])[one.From, one.To]).Concat(judged.SelectMany(one => (int[])[one.Interval.From, one.Interval.To])).Distinct().Order()];
        List<ExplainedMinutes> pieces = [];
        int b = 0, j = 0;
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var at = points[i];
            while (b < booked.Count && booked[b].To <= at)
            {
                b++;
            }

            while (j < judged.Count && judged[j].Interval.To <= at)
            {
                j++;
            }

            Interval? stored = b < booked.Count && booked[b].From <= at ? booked[b] : null;
            var found = j < judged.Count && judged[j].Interval.From <= at ? judged[j] : null;
            if (stored is null && found is null)
            {
                continue;
            }

            var piece = new ExplainedMinutes(at, points[i + 1], stored?.Cause, found?.Interval.Cause, stored?.Agent ?? AgentSeen.Unknown, found?.Evidence ?? []);
            // A cut where neither says anything new (another owner, a group) is none.
            if (pieces.Count > 0 && pieces[^1] is var last && last.To == at && last.Booked == piece.Booked && last.Judged == piece.Judged && last.Agent == piece.Agent
                && last.Evidence.SequenceEqual(piece.Evidence))
            {
                pieces[^1] = last with { To = piece.To };
            }
            else
            {
                pieces.Add(piece);
            }
        }

        return pieces;
    }
}
