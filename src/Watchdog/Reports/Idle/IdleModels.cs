using Watchdog.IdleShutdown;
using Watchdog.IdleShutdown.Savings;
using Watchdog.IdleShutdown.Schedules;
using Watchdog.IdleShutdown.Warnings;
using Watchdog.Policy;

namespace Watchdog.Reports.Idle;

/// <summary>A stop that a schedule's time would have brought about and that was refused whole.</summary>
public sealed record RefusedWave(string Schedule, DateTimeOffset At, string Scope, int Vms, string Why);

/// <summary>What is to come, by what was found last.</summary>
/// <param name="At">When that was gathered, fleet time.</param>
/// <param name="Watched">VMs whose CPU rests.</param>
/// <param name="Next">Those that would be stopped within the hour, the soonest first.</param>
/// <param name="Agenda">The times of schedules within a day.</param>
/// <param name="Not">What was not stopped in the last day, and what keeps and holds now.</param>
public sealed record Outlook(DateTimeOffset At, int Watched, IReadOnlyList<Watched> Next, IReadOnlyList<AgendaEntry> Agenda, NotStopped Not);

/// <summary>What stops saved.</summary>
/// <param name="Sum">Null: the prices cannot be read.</param>
/// <param name="Wrong">Why they cannot.</param>
public sealed record Saved(SavingsSum? Sum, string? Wrong);

/// <summary>Idle stops at a glance.</summary>
/// <param name="Stops">The last day's, by state.</param>
/// <param name="Warnings">Open ones, the earliest deadline first.</param>
/// <param name="Holds">In force, the newest first.</param>
/// <param name="Refused">Of the last seven days, the latest first.</param>
/// <param name="Days">Over how many days savings are summed.</param>
public sealed record IdleModel(
    IReadOnlyList<(string State, int Stops)> Stops, IReadOnlyList<IdleWarning> Warnings, IReadOnlyList<Hold> Holds, IReadOnlyList<RefusedWave> Refused, Outlook Outlook,
    Saved Saved, int Days, SavingsGroup By, IReadOnlyList<IdlePolicy> Policies)
{
    /// <summary>Lines of a list.</summary>
    public const int MostLines = 50;

    /// <summary>Spans over which savings may be summed.</summary>
    public static IReadOnlyList<int> Spans { get; } = [1, 7, 28];

    /// <summary>Stops of the last day in a state.</summary>
    public int Count(params string[] states) => Stops.Where(one => states.Contains(one.State)).Sum(one => one.Stops);
}
