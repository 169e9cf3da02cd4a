using Watchdog.Detectors.Replaying;

namespace Watchdog.Sweeps.Backtesting;

/// <summary>An alarm that both rules raise, at different instants.</summary>
/// <param name="Minutes">How much later the changed rules raise it; negative: earlier.</param>
public sealed record MovedAlarm(Alarm Current, Alarm Changed, double Minutes);

/// <summary>What changed rules would raise against the current ones: alarms of one VM and class within six hours are the same.</summary>
/// <param name="Added">Only by the changed rules.</param>
/// <param name="Removed">Only by the current rules.</param>
/// <param name="Moved">By both, at different instants.</param>
/// <param name="Same">By both at once.</param>
public sealed record AlarmDiff(IReadOnlyList<Alarm> Added, IReadOnlyList<Alarm> Removed, IReadOnlyList<MovedAlarm> Moved, int Same)
{
    private static readonly TimeSpan SameWithin = TimeSpan.FromHours(6);

    /// <summary>Compares; the order of the alarms does not matter.</summary>
    public static AlarmDiff Of(IEnumerable<Alarm> current, IEnumerable<Alarm> changed)
    {
        List<Alarm> added = [], removed = [];
        List<MovedAlarm> moved = [];
        var same = 0;
        var rest = changed.GroupBy(KeyOf).ToDictionary(group => group.Key, group => group.OrderBy(alarm => alarm.OpenedAt).ToList());
        foreach (var alarm in current.OrderBy(alarm => alarm.OpenedAt).ThenBy(alarm => alarm.InstanceId, StringComparer.Ordinal))
        {
            var twin = rest.GetValueOrDefault(KeyOf(alarm))?.Where(other => (other.OpenedAt - alarm.OpenedAt).Duration() <= SameWithin)
                .MinBy(other => (other.OpenedAt - alarm.OpenedAt).Duration());
            if (twin is null)
            {
                removed.Add(alarm);
                continue;
            }

            rest[KeyOf(alarm)].Remove(twin);
            if (twin.OpenedAt == alarm.OpenedAt)
            {
                same++;
            }
            else
            {
                moved.Add(new MovedAlarm(alarm, twin, (twin.OpenedAt - alarm.OpenedAt).TotalMinutes));
            }
        }

        added.AddRange(rest.Values.SelectMany(list => list).OrderBy(alarm => alarm.OpenedAt).ThenBy(alarm => alarm.InstanceId, StringComparer.Ordinal));
        return new AlarmDiff(added, removed, moved, same);
    }

    private static (string, Detectors.Findings.FindingClass) KeyOf(Alarm alarm) => (alarm.InstanceId, alarm.Class);
}
