namespace Watchdog.Cli.Demo;

/// <summary>What the simulator knows of a VM.</summary>
internal sealed record Truth(string InstanceId, string Label, string Kind, bool Plain, DateTimeOffset Onset);

/// <summary>What the ledger says of a VM: its episodes' openings by class, when an act on it was admitted, when one was verified, and whether one is proposed to a person.</summary>
internal sealed record Outcome(string InstanceId, IReadOnlyDictionary<string, DateTimeOffset> OpenedAt, DateTimeOffset? ActedOnAt, DateTimeOffset? ContainedAt, bool Proposed = false);

/// <summary>Holds the ledger against the truth. Pure.</summary>
internal static class DemoScore
{
    /// <summary>Classes in the report's order.</summary>
    public static readonly IReadOnlyList<string> Classes = ["miner", "forkbomb", "runaway", "panic", "hostfault"];

    private const string HostFault = "hostfault";

    // Labels whose VMs nobody may touch.
    private static readonly HashSet<string> Innocent = new(StringComparer.Ordinal) { "benign", "idle", "hostfault" };

    /// <summary>One row a class; VMs whose onset lies at or after <paramref name="end"/> were not injected yet.</summary>
    public static IReadOnlyList<DemoClass> Rows(IReadOnlyList<Truth> truth, IReadOnlyDictionary<string, Outcome> outcomes, DateTimeOffset end) =>
        [.. Classes.Select(name => Row(name, [.. truth.Where(vm => vm.Label == name && vm.Onset < end)], outcomes))];

    /// <summary>Injected VMs without an episode since their onset, as <c>id kind onset</c>.</summary>
    public static IReadOnlyList<string> Missed(IReadOnlyList<Truth> truth, IReadOnlyDictionary<string, Outcome> outcomes, DateTimeOffset end) =>
        [.. truth.Where(vm => Classes.Contains(vm.Label) && vm.Onset < end && DetectedAt(vm, outcomes) is null)
            .Select(vm => $"{vm.InstanceId} {vm.Kind} {vm.Onset:yyyy-MM-dd'T'HH:mm:ss'Z'}")];

    /// <summary>Innocent VMs that were acted on, as <c>id kind</c>; an abuser acted on before its onset was innocent then.</summary>
    public static IReadOnlyList<string> WronglyActedOn(IReadOnlyList<Truth> truth, IReadOnlyDictionary<string, Outcome> outcomes) =>
        [.. truth.Where(vm => outcomes.TryGetValue(vm.InstanceId, out var outcome) && outcome.ActedOnAt is { } at
                && (Innocent.Contains(vm.Label) || at < vm.Onset))
            .Select(vm => $"{vm.InstanceId} {vm.Kind}")];

    private static DemoClass Row(string name, IReadOnlyList<Truth> injected, IReadOnlyDictionary<string, Outcome> outcomes)
    {
        var detected = injected.Select(vm => DetectedAt(vm, outcomes) - vm.Onset).OfType<TimeSpan>().ToList();
        var contained = injected.Select(vm => outcomes.GetValueOrDefault(vm.InstanceId)?.ContainedAt - vm.Onset).OfType<TimeSpan>().ToList();
        var plain = injected.Where(vm => vm.Plain).ToList();
        return new DemoClass(name, injected.Count, detected.Count, contained.Count, MedianMinutes(detected), MedianMinutes(contained),
            plain.Count, plain.Count(vm => DetectedAt(vm, outcomes) is not null), injected.Count(vm => RightClass(vm, outcomes)),
            injected.Count(vm => outcomes.GetValueOrDefault(vm.InstanceId) is { Proposed: true, ContainedAt: null }));
    }

    // Abuse that was taken for another class of abuse was still noticed and is dealt with; the right class is counted apart. AWS's
    // fault is noticed only as such.
    private static DateTimeOffset? DetectedAt(Truth vm, IReadOnlyDictionary<string, Outcome> outcomes)
    {
        if (!outcomes.TryGetValue(vm.InstanceId, out var outcome))
        {
            return null;
        }

        var openings = outcome.OpenedAt.Where(opening => opening.Value >= vm.Onset && (opening.Key == HostFault) == (vm.Label == HostFault)).ToList();
        return openings.Count == 0 ? null : openings.Min(opening => opening.Value);
    }

    private static bool RightClass(Truth vm, IReadOnlyDictionary<string, Outcome> outcomes) =>
        outcomes.TryGetValue(vm.InstanceId, out var outcome) && outcome.OpenedAt.ContainsKey(vm.Label);

    private static double? MedianMinutes(List<TimeSpan> spans)
    {
        if (spans.Count == 0)
        {
            return null;
        }

        spans.Sort();
        var middle = spans.Count / 2;
        var median = spans.Count % 2 == 1 ? spans[middle] : (spans[middle - 1] + spans[middle]) / 2;
        return Math.Round(median.TotalMinutes, 1);
    }
}
