using Watchdog.Detectors.Findings;

namespace Watchdog.Detectors.Replaying;

/// <summary>Holds alarms against labels.</summary>
public static class Scoring
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan EpisodeSpan = TimeSpan.FromHours(6);

    /// <summary>Scores a fleet's alarms.</summary>
    /// <param name="fleet">The recordings: for VM-days, periods and use before idle alarms.</param>
    /// <param name="truths">The labels.</param>
    /// <param name="alarms">The alarms of all VMs.</param>
    public static Score Of(IReadOnlyList<RecordedVm> fleet, IReadOnlyList<Truth> truths, IReadOnlyList<Alarm> alarms)
    {
        var vms = fleet.ToDictionary(static vm => vm.Vm.InstanceId, StringComparer.Ordinal);
        var byVm = alarms.ToLookup(static alarm => alarm.InstanceId, StringComparer.Ordinal);
        var events = truths.Where(static truth => truth.IsAbuse || truth.Label == "idle").ToList();
        var hits = events.Select(truth => Hit(truth, byVm[truth.InstanceId], vms)).ToList();
        var abuse = hits.Where(static hit => hit.Truth.IsAbuse).ToList();
        var falseAlarms = alarms.Where(alarm => alarm.Class != FindingClass.Idle && !truths.Any(truth => truth.IsAbuse && Covers(truth, alarm))).ToList();
        var hitVms = abuse.Where(static hit => hit.By is not null).Select(static hit => hit.Truth.InstanceId).Distinct(StringComparer.Ordinal).Count();
        var falseVms = falseAlarms.Select(static alarm => alarm.InstanceId).Distinct(StringComparer.Ordinal).Count();
        var idle = alarms.Where(static alarm => alarm.Class == FindingClass.Idle).ToList();
        return new Score(
            hitVms + falseVms == 0 ? double.NaN : (double)hitVms / (hitVms + falseVms),
            abuse.Count == 0 ? double.NaN : (double)abuse.Count(static hit => hit.By is not null) / abuse.Count,
            Episodes(falseAlarms).Count(),
            fleet.Sum(static vm => (double)vm.Periods * vm.PeriodSeconds / 86_400),
            Group(hits, static truth => truth.Label),
            Group(hits, static truth => Kind.Of(truth)),
            Strata(fleet, truths, falseAlarms),
            idle.Count,
            idle.Count(alarm => vms.TryGetValue(alarm.InstanceId, out var vm) && VisibleUse.Known(vm, alarm)),
            idle.Count(alarm => vms.TryGetValue(alarm.InstanceId, out var vm) && VisibleUse.Unpublished(vm, alarm)),
            [.. hits.Where(static hit => hit.By is null).Select(static hit => new Mistake(hit.Truth.InstanceId, hit.Truth.Start, $"{hit.Truth.Label}: {hit.Truth.Notes}"))],
            [.. falseAlarms.Select(static alarm => new Mistake(alarm.InstanceId, alarm.OpenedAt, $"{Finding.NameOf(alarm.Class)}: {alarm.Reason}"))]);
    }

    private static bool Covers(Truth truth, Alarm alarm)
        => truth.InstanceId == alarm.InstanceId && alarm.OpenedAt >= truth.Start && alarm.OpenedAt <= truth.End + Slack;

    private static Outcome Hit(Truth truth, IEnumerable<Alarm> alarms, Dictionary<string, RecordedVm> vms)
    {
        var first = alarms.Where(alarm => (alarm.Class == FindingClass.Idle) == (truth.Label == "idle") && Covers(truth, alarm))
            .MinBy(static alarm => alarm.OpenedAt);
        var period = vms.TryGetValue(truth.InstanceId, out var vm) ? vm.PeriodSeconds : 300;
        return new Outcome(truth, first, first is null ? double.NaN : Math.Max(0, (first.OpenedAt.AddSeconds(-period) - truth.Start).TotalMinutes));
    }

    private static Dictionary<string, ClassScore> Group(List<Outcome> hits, Func<Truth, string> key)
        => hits.GroupBy(hit => key(hit.Truth), StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group =>
        {
            var minutes = group.Where(static hit => hit.By is not null).Select(static hit => (float)hit.Minutes).ToArray();
            return new ClassScore(group.Count(), minutes.Length, group.Count(static hit => hit.By is { } by && Finding.NameOf(by.Class) == hit.Truth.Label),
                Features.Stat.Median(minutes), Features.Stat.Quantile(minutes, 0.9));
        }, StringComparer.Ordinal);

    private static IEnumerable<Alarm> Episodes(IEnumerable<Alarm> falseAlarms)
    {
        foreach (var vm in falseAlarms.GroupBy(static alarm => alarm.InstanceId, StringComparer.Ordinal))
        {
            var begun = DateTimeOffset.MinValue;
            foreach (var alarm in vm.OrderBy(static alarm => alarm.OpenedAt))
            {
                if (alarm.OpenedAt - begun > EpisodeSpan || begun == DateTimeOffset.MinValue)
                {
                    begun = alarm.OpenedAt;
                    yield return alarm;
                }
            }
        }
    }

    private static Dictionary<string, double> Strata(IReadOnlyList<RecordedVm> fleet, IReadOnlyList<Truth> truths, List<Alarm> falseAlarms)
    {
        var stratum = truths.GroupBy(static truth => truth.InstanceId, StringComparer.Ordinal).ToDictionary(static group => group.Key,
            static group => group.Any(static truth => truth.IsAbuse) ? "abuse" : Kind.Stratum(group.First()), StringComparer.Ordinal);
        string Of(string id) => stratum.TryGetValue(id, out var name) ? name : "unlabelled";
        var days = fleet.GroupBy(vm => Of(vm.Vm.InstanceId), StringComparer.Ordinal).ToDictionary(static group => group.Key,
            static group => group.Sum(static vm => (double)vm.Periods * vm.PeriodSeconds / 86_400), StringComparer.Ordinal);
        var episodes = Episodes(falseAlarms).ToLookup(alarm => Of(alarm.InstanceId), StringComparer.Ordinal);
        return days.OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .ToDictionary(static pair => pair.Key, pair => episodes[pair.Key].Count() / pair.Value * 1000, StringComparer.Ordinal);
    }

    private sealed record Outcome(Truth Truth, Alarm? By, double Minutes);
}
