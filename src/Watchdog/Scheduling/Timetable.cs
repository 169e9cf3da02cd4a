namespace Watchdog.Scheduling;

/// <summary>
/// When which job fires, as Quartz cron expressions in UTC (seconds first). Starts are spread over the minute, so that the rate
/// budgets of AWS see a stream and not a gust.
/// </summary>
/// <param name="Version">Changes with any expression below, or with how triggers are declared: stored triggers of another version are replaced.</param>
/// <param name="Inventory">By scope.</param>
/// <param name="Shard">By shard, 0 to 63.</param>
/// <param name="Actuator">By scope.</param>
/// <param name="Audit">One for the cluster.</param>
/// <param name="Slo">One for the cluster.</param>
/// <param name="Idle">By shard; each in the minute of five that its number gives it.</param>
/// <param name="Schedule">By shard; half a minute after its sweep.</param>
internal sealed record Timetable(
    string Version, Func<short, string> Inventory, Func<int, string> Shard, Func<short, string> Actuator, string Audit, string Slo,
    Func<int, string> Idle, Func<int, string> Schedule)
{
    public static Timetable Default { get; } = new(
        "v7",
        scope => $"{scope * 7 % 60} * * * * ?",
        shard => $"{shard * 60 / Watchdog.Inventory.Shard.Count} * * * * ?",
        scope => $"{scope % 2}/2 * * * * ?",
        "50 * * * * ?",
        "40 * * * * ?",
        shard => $"{shard * 60 / Watchdog.Inventory.Shard.Count} {shard % 5}/5 * * * ?",
        shard => $"{(30 + (shard * 60 / Watchdog.Inventory.Shard.Count)) % 60} * * * * ?");

    /// <summary>Every job there should be, for the scopes at hand.</summary>
    public IEnumerable<TimetableEntry> Entries(IReadOnlyCollection<short> scopes) =>
    [
        .. scopes.Select(s => new TimetableEntry(JobKind.Inventory, s, Inventory(s))),
        .. Enumerable.Range(0, Watchdog.Inventory.Shard.Count).Select(s => new TimetableEntry(JobKind.Shard, s, Shard(s))),
        .. scopes.Select(s => new TimetableEntry(JobKind.Actuator, s, Actuator(s))),
        new TimetableEntry(JobKind.Audit, 0, Audit),
        new TimetableEntry(JobKind.Slo, 0, Slo),
        .. Enumerable.Range(0, Watchdog.Inventory.Shard.Count).Select(s => new TimetableEntry(JobKind.Idle, s, Idle(s))),
        .. Enumerable.Range(0, Watchdog.Inventory.Shard.Count).Select(s => new TimetableEntry(JobKind.Schedule, s, Schedule(s))),
    ];
}

/// <summary>One job: its kind, the scope or shard that it is for (0 where there is one), and its cron expression.</summary>
internal sealed record TimetableEntry(JobKind Kind, int Number, string Cron);

/// <summary>The kinds of job; the names are keys in the database.</summary>
internal enum JobKind
{
    Inventory,
    Shard,
    Actuator,
    Audit,
    Slo,
    Idle,
    Schedule,
}
