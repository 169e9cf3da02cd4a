using System.Collections;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.Bench.Week.Play;

/// <summary>Of the VMs of a kind: hours that the oracle's were off, that the worker's were off, and both at once.</summary>
internal sealed record WeekKind(string Kind, int Vms, double Oracle, double Worker, double Both)
{
    /// <summary>What of the oracle's hours the worker reclaimed, 0 to 1; null where there was nothing to reclaim.</summary>
    public double? Share => Oracle > 0 ? Both / Oracle : null;
}

/// <summary>A week's off-hours held against the oracle's.</summary>
internal sealed record WeekFigures(WeekKind All, IReadOnlyList<WeekKind> Kinds)
{
    /// <summary>Counts the steps played.</summary>
    public static WeekFigures Of(WeekPlay play, WeekRequest request, int played)
    {
        var oracle = new BitArray[play.Fleet.Count];
        Parallel.For(0, play.Fleet.Count, i => oracle[i] = WeekOracle.Off(play.Fleet[i], play.Owners, request, played));
        List<WeekKind> vms = [];
        for (var i = 0; i < play.Fleet.Count; i++)
        {
            var (should, was) = (oracle[i], play.Off[i]);
            var (o, w, both) = (0, 0, 0);
            for (var n = 0; n < played; n++)
            {
                (o, w, both) = (o + (should[n] ? 1 : 0), w + (was[n] ? 1 : 0), both + (should[n] && was[n] ? 1 : 0));
            }

            vms.Add(new(KindOf(play.Fleet[i]), 1, o * request.Rules.Step.TotalHours, w * request.Rules.Step.TotalHours, both * request.Rules.Step.TotalHours));
        }

        return new(Sum("all", vms), [.. vms.GroupBy(vm => vm.Kind, StringComparer.Ordinal).Select(group => Sum(group.Key, group)).OrderByDescending(kind => kind.Oracle)]);
    }

    private static string KindOf(SimulatedVm vm) => vm.Tags.ContainsKey("watchdog:keep-until") ? $"{vm.Behaviour.Kind}, keep-until" : vm.Behaviour.Kind;

    private static WeekKind Sum(string name, IEnumerable<WeekKind> of) =>
        of.Aggregate(new WeekKind(name, 0, 0, 0, 0), (sum, one) => new(name, sum.Vms + one.Vms, sum.Oracle + one.Oracle, sum.Worker + one.Worker, sum.Both + one.Both));
}
