using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Reading;

/// <summary>Minutes by cause, and with them by class.</summary>
/// <param name="ByCause">VM-minutes; causes without a minute are absent.</param>
/// <param name="Tally">The same by class.</param>
/// <param name="Agent">What is known of the agent in the good ones.</param>
public sealed record CauseMinutes(IReadOnlyDictionary<Cause, long> ByCause, Tally Tally, AgentTally Agent)
{
    /// <summary>Adds intervals up. Pure.</summary>
    public static CauseMinutes Of(IEnumerable<Interval> intervals)
    {
        CauseSum sum = new();
        foreach (var interval in intervals)
        {
            var minutes = interval.To - interval.From;
            sum.Add(interval.Cause, minutes, interval.Agent == AgentSeen.Reached ? minutes : 0, interval.Agent == AgentSeen.Silent ? minutes : 0);
        }

        return sum.Total();
    }
}

/// <summary>Good minutes by what is known of the agent: the second SLI.</summary>
/// <param name="Reached">It answered.</param>
/// <param name="Silent">It had stopped answering.</param>
public readonly record struct AgentTally(long Reached, long Silent)
{
    /// <summary>Share of the minutes known in which the agent answered, 0 to 1; null without one.</summary>
    public double? Sli => Reached + Silent == 0 ? null : (double)Reached / (Reached + Silent);
}
