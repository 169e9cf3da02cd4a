namespace Watchdog.Alerts.Sending;

/// <summary>What is asked before a sign of life is given.</summary>
/// <param name="ListedAt">When any scope was last listed, wall time; null: never.</param>
/// <param name="Shards">Shards that there are.</param>
/// <param name="SweptAt">When the least fresh of them was last swept, wall time; null while one never was.</param>
/// <param name="Seen">VMs that the last sweeps saw.</param>
/// <param name="Judged">Of them, those that were judged.</param>
/// <param name="WaitingSince">When the oldest message that waits for a receiver of alerts was written, wall time; null: none waits.</param>
/// <param name="ClosedChannel">A receiver that wants nothing any more; null: none.</param>
/// <param name="ReadAt">When the log was last read for incidents, wall time; null: never.</param>
/// <param name="Neglected">The receiver of incidents whose messages were asked for least lately; null: there is no receiver.</param>
/// <param name="AskedAt">When they were, wall time; null: never.</param>
public sealed record LifeFacts(
    DateTimeOffset? ListedAt, int Shards, DateTimeOffset? SweptAt, long Seen, long Judged, DateTimeOffset? WaitingSince, string? ClosedChannel, DateTimeOffset? ReadAt,
    string? Neglected, DateTimeOffset? AskedAt);

/// <summary>Whether Watchdog lives: it lists, it judges, it makes incidents of what happens, and what it has to say gets out. Where it does not, nothing is sent, and the silence is the alarm.</summary>
public static class LifeRules
{
    /// <summary>A listing or a sweep older than this is none; each runs every minute. Incidents and messages are looked after each few seconds.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>A message that waits for longer does not get out.</summary>
    public static readonly TimeSpan Stuck = TimeSpan.FromMinutes(15);

    /// <summary>Decides, and says why.</summary>
    public static (bool Lives, string Reason) Decide(LifeFacts facts, DateTimeOffset now) => (Listing(facts, now) ?? Judgement(facts, now) ?? Incidents(facts, now) ?? Drain(facts, now)) is { } problem
        ? (false, problem)
        : (true, FormattableString.Invariant($"listed {Ago(facts.ListedAt!.Value, now)} ago, every shard swept within {Ago(facts.SweptAt!.Value, now)}, {facts.Judged} of {facts.Seen} VMs judged, messages get out"));

    private static string? Listing(LifeFacts facts, DateTimeOffset now) => facts.ListedAt switch
    {
        null => "no scope was ever listed",
        { } at when now - at > Fresh => $"no scope was listed for {Ago(at, now)}",
        _ => null,
    };

    private static string? Judgement(LifeFacts facts, DateTimeOffset now) => facts switch
    {
        { SweptAt: null } => FormattableString.Invariant($"not all of {facts.Shards} shards were ever swept"),
        { SweptAt: { } at } when now - at > Fresh => $"a shard was not swept for {Ago(at, now)}",
        { Seen: > 0, Judged: 0 } => FormattableString.Invariant($"none of {facts.Seen} VMs could be judged"),
        _ => null,
    };

    private static string? Incidents(LifeFacts facts, DateTimeOffset now) => facts.ReadAt switch
    {
        null => "the event log was never read for incidents",
        { } at when now - at > Fresh => $"the event log was not read for incidents for {Ago(at, now)}",
        _ => null,
    };

    private static string? Drain(LifeFacts facts, DateTimeOffset now) => facts switch
    {
        { ClosedChannel: { } closed } => $"{closed} takes no messages any more",
        { WaitingSince: { } since } when now - since > Stuck => $"a message has waited for {Ago(since, now)}",
        { Neglected: { } unasked, AskedAt: null } => $"messages to {unasked} were never asked for",
        { Neglected: { } neglected, AskedAt: { } at } when now - at > Fresh => $"messages to {neglected} were last asked for {Ago(at, now)} ago",
        _ => null,
    };

    private static string Ago(DateTimeOffset at, DateTimeOffset now) => FormattableString.Invariant($"{Math.Max(0, (now - at).TotalSeconds):0} s");
}
