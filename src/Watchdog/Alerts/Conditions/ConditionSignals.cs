using Watchdog.Alerts.Gathering;

namespace Watchdog.Alerts.Conditions;

/// <summary>Holds the conditions that are seen against the members that are on: what is new is raised, what is seen no more is cleared. Pure.</summary>
public static class ConditionSignals
{
    /// <summary>Numbers that move are news this often at most: an update a minute for hours is read by nobody.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(5);

    /// <summary>Compares.</summary>
    /// <param name="seen">Conditions that some worker sees.</param>
    /// <param name="members">Condition members that are on.</param>
    /// <param name="server">The database server's time.</param>
    /// <param name="now">Fleet time.</param>
    public static IReadOnlyList<Signal> Of(IReadOnlyList<SeenCondition> seen, IReadOnlyList<ConditionMember> members, DateTimeOffset server, DateTimeOffset now)
    {
        var on = members.ToDictionary(member => (member.Key, member.Member));
        var held = seen.Where(one => server - one.Since >= one.HoldsFor || on.ContainsKey((one.Key, one.Member))).ToDictionary(one => (one.Key, one.Member));
        List<Signal> signals = [];
        foreach (var (name, one) in held)
        {
            if (!on.TryGetValue(name, out var known) || known.Severity != one.Severity || known.Facts != known.Facts.With(one.Facts) && (now - known.LastAt).Duration() >= Again)
            {
                signals.Add(new(SignalState.Raised, one.Key, one.Member, one.Severity, now, one.Facts));
            }
        }

        signals.AddRange(members.Where(member => !held.ContainsKey((member.Key, member.Member)))
            .Select(member => new Signal(SignalState.Cleared, member.Key, member.Member, Severity.Info, now, new())));
        return signals;
    }
}
