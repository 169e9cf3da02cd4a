using Watchdog.Slo.Alarms;
using Watchdog.Slo.Burning;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;

namespace Watchdog.Reports.Uptime;

/// <summary>One rate at which a promise's budget may not burn, as it is.</summary>
/// <param name="Long">How many times faster than allowed over the long window; null: no minute counts.</param>
/// <param name="Short">The same over the short one.</param>
/// <param name="Alarm">As it was judged last; null: not yet.</param>
public sealed record BurnLine(BurnRung Rung, decimal? Long, decimal? Short, SloAlarm? Alarm);

/// <summary>A promise in one group.</summary>
/// <param name="Rolling">The trailing 28 days; null: no minute of them is in the books.</param>
/// <param name="Month">The calendar month so far.</param>
/// <param name="Step">The step detector's word; null: it has none.</param>
public sealed record PromiseLine(Objective Objective, string Group, Tally? Rolling, Tally? Month, IReadOnlyList<BurnLine> Burns, SloAlarm? Step)
{
    /// <summary>Whether it was kept over the 28 days.</summary>
    public SloVerdict Verdict => SloVerdicts.Of(Rolling ?? default, Objective.Target);

    /// <summary>What is left of the 28 days' budget.</summary>
    public double? Left => Rolling is { } minutes ? Budget.Of(minutes, Objective.Target).Share : null;

    /// <summary>Whether something fires.</summary>
    public bool Fires => Step?.Firing == true || Burns.Any(burn => burn.Alarm?.Firing == true);
}

/// <summary>The uptime books at a glance.</summary>
/// <param name="Promises">By objective in their configured order, the least budget left first.</param>
/// <param name="Causes">The calendar month's VM-minutes by Region and cause.</param>
/// <param name="Alarms">Those that fire or are frozen.</param>
/// <param name="Marks">The first minute that is not known, by Region.</param>
public sealed record SloModel(
    IReadOnlyList<PromiseLine> Promises, IReadOnlyList<(string Region, Cause Cause, long Minutes)> Causes, IReadOnlyList<SloAlarm> Alarms,
    IReadOnlyList<(string Region, int Minute)> Marks);

/// <summary>Who was down the longest in the last 28 whole days.</summary>
/// <param name="ByOwner">Owners; else VMs.</param>
/// <param name="From">First day.</param>
/// <param name="To">First day after.</param>
/// <param name="Rows">The worst first.</param>
/// <param name="CountedAt">When that was added up, wall time.</param>
public sealed record WorstModel(bool ByOwner, DateOnly From, DateOnly To, IReadOnlyList<WorstLine> Rows, DateTimeOffset CountedAt, DateTimeOffset Wall);

/// <summary>A VM or an owner.</summary>
/// <param name="Vms">The owner's VMs that have a figure, and of them those that kept the promise to each VM; null for a VM.</param>
public sealed record WorstLine(string Name, Tally Minutes, (long Counted, long Kept)? Vms);
