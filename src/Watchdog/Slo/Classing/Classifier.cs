using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Classing;

/// <summary>
/// Gives every minute in scope its one cause. The law is constant between the instants that the facts name, so it is asked once between
/// two of them, not once a minute.
/// </summary>
public static class Classifier
{
    /// <summary>Judges the minutes [fromMin, toMin). Never throws for what a history says, however nonsensical.</summary>
    /// <param name="history">What is known of the VM.</param>
    /// <param name="sights">When the scopes that it was in could be seen; a scope that is absent never was.</param>
    /// <param name="rules">The definition's free choices.</param>
    /// <param name="fromMin">First minute.</param>
    /// <param name="toMin">First minute after.</param>
    /// <param name="now">Fleet time; decides whether a ruling is overdue, and how long a scope has not been seen.</param>
    public static Judged Judge(
        VmHistory history, IReadOnlyDictionary<short, ScopeSight> sights, MinuteRules rules, int fromMin, int toMin, DateTimeOffset now)
    {
        var law = new MinuteLaw(history, sights, rules, fromMin, now);
        var memberships = Line<MembershipFact>.Of(history.Memberships, fact => fact.At);
        var agents = Line<AgentFact>.Of(history.Agents, fact => fact.At);
        var stretches = new Stretches();
        int? changes = null;
        var points = Points(law, memberships, agents, fromMin, toMin);
        for (var i = 0; i < points.Count && changes is null; i++)
        {
            var membership = memberships.Count == 0 ? null : memberships[Math.Max(0, memberships.IndexAt(points[i]))];
            var ground = law.At(points[i], membership?.Lifecycle);
            var agent = ground is { Cause: Cause.Ok } && agents.IndexAt(points[i]) is >= 0 and var index ? agents[index].Agent : AgentSeen.Unknown;
            if (points[i] < toMin)
            {
                var end = i + 1 < points.Count ? Math.Min(points[i + 1], toMin) : toMin;
                stretches.Add(points[i], end, ground, agent, membership?.Id ?? 0);
            }
            else if (!stretches.Continues(ground, agent, membership?.Id ?? 0))
            {
                changes = points[i];
            }
        }

        return new(stretches.Done, changes is { } change && law.RulingDueMin < change ? law.RulingDueMin : changes ?? law.RulingDueMin);
    }

    // The first minute, then every one at which something may change; those after the last minute tell when time alone will.
    private static List<int> Points(MinuteLaw law, Line<MembershipFact> memberships, Line<AgentFact> agents, int fromMin, int toMin)
    {
        List<int> all = [fromMin, toMin];
        law.AddPoints(all);
        for (var i = 0; i < memberships.Count; i++)
        {
            all.Add(memberships.FromMin(i));
        }

        for (var i = 0; i < agents.Count; i++)
        {
            all.Add(agents.FromMin(i));
        }

        all.Sort();
        List<int> points = [];
        foreach (var point in all)
        {
            if (fromMin < toMin && point >= fromMin && point < Minute.Open && (points.Count == 0 || points[^1] != point))
            {
                points.Add(point);
            }
        }

        return points;
    }
}
