using Watchdog.Alerts;
using Watchdog.Alerts.Conditions;

namespace Watchdog.Reports.Health;

/// <summary>Regions in which many running VMs are not judged in time; the thresholds are those of the Prometheus rule of the same name.</summary>
public sealed class CoverageConditions(FleetStates states) : IConditionSource
{
    private const double Least = 0.9;
    private const double Hardly = 0.5;
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds => [IncidentKinds.Coverage];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Condition>> ReadAsync(CancellationToken ct)
    {
        await states.ReadAsync(ct);
        return Of(states.Now?.Coverage ?? []);
    }

    /// <summary>The Regions that are seen too little of. Pure.</summary>
    public static IReadOnlyList<Condition> Of(IEnumerable<CoverageCount> counts) =>
    [
        .. from region in counts
           where region.Running > 0 && region.Judged < Least * region.Running
           select new Condition(
               new(IncidentKinds.Coverage, IncidentKinds.Coverage, region.Region), region.Judged < Hardly * region.Running ? Severity.Error : Severity.Warning,
               new(Region: region.Region, Sentence: FormattableString.Invariant(
                   $"{100.0 * region.Judged / region.Running:0} % of the {region.Running} running VMs of {region.Region} were judged within twice their cadence")), Holds),
    ];
}
