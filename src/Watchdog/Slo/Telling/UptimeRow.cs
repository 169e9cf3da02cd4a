using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;
using Watchdog.Slo.Reading;

namespace Watchdog.Slo.Telling;

/// <summary>What a promise came to in one group.</summary>
/// <param name="Objective">The promise.</param>
/// <param name="By">What kind of group.</param>
/// <param name="Group">The group's name; empty: VMs without a plan.</param>
/// <param name="Minutes">What was counted.</param>
/// <param name="ByCause">The same by cause; null where the books do not keep it: owners.</param>
/// <param name="Agent">The second figure, no part of the first.</param>
/// <param name="Vms">How many VMs kept the promise to each VM, in whole UTC days; null where none has a day.</param>
/// <param name="VmTarget">What is promised to each VM.</param>
/// <param name="WorstHour">The hour with the lowest SLI; null where none counts or where hours are not kept: owners.</param>
/// <param name="WorstDay">The UTC day with the lowest SLI; null likewise.</param>
/// <param name="Provider">The figure beside a cloud provider's own; of calendar months only.</param>
public sealed record UptimeRow(
    Objective Objective, Grouping By, string Group, Tally Minutes, IReadOnlyDictionary<Cause, long>? ByCause, AgentTally Agent, GroupTally? Vms, decimal VmTarget,
    SeriesPoint? WorstHour, SeriesPoint? WorstDay, double? Provider)
{
    /// <summary>Whether it was kept.</summary>
    public SloVerdict Verdict => SloVerdicts.Of(Minutes, Objective.Target);

    /// <summary>What may be bad, and what is left of it.</summary>
    public Budget Budget => Budget.Of(Minutes, Objective.Target);
}
