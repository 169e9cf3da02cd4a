using Watchdog.Slo.Burning;

namespace Watchdog.Slo.Objectives;

/// <summary>A promise: the share of good minutes that each VM or group keeps.</summary>
/// <param name="Name">What it is called in metrics, alerts and commands.</param>
/// <param name="Of">What it is promised for.</param>
/// <param name="Only">Names of the groups that it is promised for; empty: all.</param>
/// <param name="Target">Over 0, under 1. Decimal, so that 1 - target is exact.</param>
/// <param name="Burn">The burn rates that page; empty for reports alone.</param>
public sealed record Objective(string Name, Dimension Of, IReadOnlyList<string> Only, decimal Target, IReadOnlyList<BurnRung> Burn)
{
    /// <summary>
    /// What holds where nothing is configured: 99.5 % for each VM, which is what is sold, for reports; 99.95 % for Regions, types and the fleet, since
    /// 99.5 % would be blind to 10,000 dead VMs of 150,000.
    /// </summary>
    public static IReadOnlyList<Objective> Recommended { get; } =
    [
        new("vm", Dimension.Vm, [], 0.995m, []),
        new("region", Dimension.Region, [], 0.9995m, BurnRung.Standard),
        new("type", Dimension.Type, [], 0.9995m, BurnRung.Standard),
        new("fleet", Dimension.Fleet, [], 0.9995m, BurnRung.Standard),
    ];

    /// <summary>The share that may be bad.</summary>
    public decimal Allowed => 1 - Target;

    /// <summary>Whether it is promised for a group of its dimension.</summary>
    public bool Covers(string group) => Only.Count == 0 || Only.Contains(group, StringComparer.Ordinal);

    /// <summary>Its name for one group, as in the metrics' label <c>slo</c>: <c>fleet</c>, <c>region:eu-west-1</c>.</summary>
    public string LabelFor(string group) => Of is Dimension.Fleet or Dimension.Vm ? Name : $"{Name}:{group}";
}
