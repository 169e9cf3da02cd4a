using Watchdog.Slo.Burning;
using Watchdog.Slo.Objectives;
using Watchdog.Slo.Reading;

namespace Watchdog.Slo.Alarms;

/// <summary>One look at every burn rate and step.</summary>
/// <param name="Alarms">Each as it is now.</param>
/// <param name="Changes">Those that began to fire or ceased to.</param>
/// <param name="Gone">Stored ones that are judged no more: their objective, their rate or their group is gone.</param>
public sealed record AlarmRound(IReadOnlyList<SloAlarm> Alarms, IReadOnlyList<AlarmChange> Changes, IReadOnlyList<AlarmKey> Gone)
{
    /// <summary>The windows that a round needs of each group, minutes.</summary>
    public static IReadOnlyList<int> WindowsFor(IEnumerable<Objective> objectives) =>
    [
        .. objectives.SelectMany(objective => objective.Burn).SelectMany(rung => new[] { rung.LongMinutes, rung.ShortMinutes })
            .Concat([StepJudgement.Span, StepJudgement.Back, StepJudgement.Back + StepJudgement.Span]).Distinct().Order(),
    ];

    /// <summary>Judges. Pure.</summary>
    /// <param name="objectives">What is promised.</param>
    /// <param name="groups">Each group's windows, <see cref="WindowsFor"/>.</param>
    /// <param name="behind">Regions whose books lag so far that nothing can be told of them.</param>
    /// <param name="stored">The alarms as they were.</param>
    /// <param name="end">The minute at which the windows end.</param>
    /// <param name="options">When a rate can be told, and what a step is.</param>
    public static AlarmRound Of(
        IReadOnlyList<Objective> objectives, IReadOnlyDictionary<BookKey, GroupWindows> groups, IReadOnlySet<string> behind,
        IReadOnlyDictionary<AlarmKey, SloAlarm> stored, int end, BurnOptions options)
    {
        List<SloAlarm> alarms = [];
        List<AlarmChange> changes = [];
        HashSet<AlarmKey> seen = [];
        foreach (var objective in objectives.Where(objective => objective.Burn.Count > 0))
        {
            var dimension = objective.Of.ToString().ToLowerInvariant();
            // What was stored may have no minute left in any window: then it is over, and has to be told.
            var names = groups.Keys.Where(key => key.Dimension == dimension).Select(key => key.Name)
                .Union(stored.Keys.Where(key => key.Slo == objective.Name).Select(key => key.Group), StringComparer.Ordinal);
            foreach (var name in names.Where(objective.Covers).Order(StringComparer.Ordinal))
            {
                var windows = groups.GetValueOrDefault(new(dimension, name), GroupWindows.Empty);
                foreach (var alarm in OfGroup(objective, name, windows, objective.Of == Dimension.Region && behind.Contains(name), stored, end, options))
                {
                    seen.Add(alarm.Key);
                    alarms.Add(alarm);
                    if (alarm.Firing != (stored.GetValueOrDefault(alarm.Key)?.Firing ?? false))
                    {
                        var now = windows.Last(StepJudgement.Span);
                        changes.Add(new(
                            alarm, dimension, objective.Target, (double)now.Bad / StepJudgement.Span,
                            (double)(now.Good + now.Bad + now.Unknown) / StepJudgement.Span));
                    }
                }
            }
        }

        foreach (var old in stored.Values.Where(old => old.Firing && !seen.Contains(old.Key)))
        {
            changes.Add(new(old with { Firing = false, Frozen = false, Since = end, At = end, Reason = "it is promised no more: the configuration has changed" }, null, null, 0, 0));
        }

        return new(alarms, changes, [.. stored.Keys.Where(key => !seen.Contains(key))]);
    }

    private static IEnumerable<SloAlarm> OfGroup(
        Objective objective, string name, GroupWindows windows, bool behind, IReadOnlyDictionary<AlarmKey, SloAlarm> stored, int end, BurnOptions options)
    {
        foreach (var rung in objective.Burn)
        {
            var key = new AlarmKey(objective.Name, name, rung.ToString());
            var was = stored.GetValueOrDefault(key);
            var judged = behind ? Behind(was) : BurnJudgement.Of(
                objective.Target, rung, windows.Last(rung.LongMinutes), windows.Last(rung.ShortMinutes), was?.Firing ?? false, options);
            yield return Next(key, was, judged.Firing, judged.Frozen, 0, judged.Reason, end);
        }

        var step = new AlarmKey(objective.Name, name, AlarmKey.Step);
        var before = stored.GetValueOrDefault(step);
        if (behind)
        {
            var held = Behind(before);
            yield return Next(step, before, held.Firing, true, before?.Baseline ?? 0, held.Reason, end);
            yield break;
        }

        var found = StepJudgement.Of(
            windows.Last(StepJudgement.Span), windows.Between(StepJudgement.Back + StepJudgement.Span, StepJudgement.Back),
            before is { Firing: true } ? before.Baseline : null, options);
        yield return Next(step, before, found.Firing, false, found.Baseline, found.Reason, end);
    }

    private static BurnJudgement Behind(SloAlarm? was) =>
        new(was?.Firing ?? false, true, $"its books lag by more than {BookEnd.MostBehind} min: it stays {(was?.Firing == true ? "firing" : "quiet")}");

    private static SloAlarm Next(AlarmKey key, SloAlarm? was, bool firing, bool frozen, double baseline, string reason, int end) =>
        new(key, firing, frozen, was is not null && was.Firing == firing ? was.Since : end, baseline, reason, end);
}
