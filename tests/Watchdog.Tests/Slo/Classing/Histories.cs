using FsCheck;
using FsCheck.Fluent;
using Watchdog.Detectors.Facts;
using Watchdog.Slo.Classing;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Tests.Slo.Classing;

/// <summary>A history with everything that it is judged by.</summary>
internal sealed record World(VmHistory History, IReadOnlyDictionary<short, ScopeSight> Sights, MinuteRules Rules, int From, int To, DateTimeOffset Now)
{
    /// <summary>The classifier's word.</summary>
    public Judged Judge(int? from = null, int? to = null, DateTimeOffset? now = null) =>
        Classifier.Judge(History, Sights, Rules, from ?? From, to ?? To, now ?? Now);

    public override string ToString() => string.Join('\n',
    [
        $"minutes {From} to {To}, now {Now:u}, {Rules}", .. History.States.Select(f => f.ToString()),
        .. History.Checks.Select(f => $"{f} {string.Join(", ", f.Events)}"), .. History.Agents.Select(f => f.ToString()), .. History.Holds.Select(f => f.ToString()),
        .. History.Memberships.Select(f => f.ToString()),
        .. Sights.Values.SelectMany(s => s.Inventory.Select(i => $"scope {s.Scope} inventory {i}").Concat(s.Status.Select(i => $"scope {s.Scope} status {i}"))),
    ]);
}

/// <summary>Random histories: mostly likely ones, with late, reversed, overlapping and absurd times among them.</summary>
internal static class Histories
{
    /// <summary>Begin of the stretch in which most of it happens.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private const int Length = 120;

    private static readonly Gen<DateTimeOffset> Plain = from minute in Gen.Choose(0, Length)
                                                        from tick in Gen.Elements(0L, 1L, 300_000_000L, 110_000_000L, 599_999_999L)
                                                        select Start.AddMinutes(minute).AddTicks(tick);

    private static readonly Gen<DateTimeOffset> HourOff = from at in Plain from hours in Gen.Elements(-1, 1) select at.AddHours(hours);

    private static readonly Gen<DateTimeOffset> Absurd =
        Gen.Elements(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, Start.AddYears(-1), Start.AddDays(40));

    private static readonly Gen<DateTimeOffset> Time = Gen.Frequency((92, Plain), (6, HourOff), (2, Absurd));

    private static readonly Gen<string> State = Gen.Frequency(
        (10, Gen.Constant("running")), (3, Gen.Constant("pending")), (3, Gen.Constant("stopping")), (5, Gen.Constant("stopped")),
        (1, Gen.Constant("shutting-down")), (1, Gen.Constant("terminated")), (1, Gen.Constant("gone")), (1, Gen.Constant("hibernating-ish")));

    private static readonly Gen<string?> Reason = Gen.Elements<string?>(
        null, null, "", " ", "Client.InstanceInitiatedShutdown", "Client.UserInitiatedShutdown", "Client.UserInitiatedHibernate",
        "User initiated (2026-11-22 10:03:11 GMT)", "Server.ScheduledStop", "Server.InternalError", "Server.SpotInstanceShutdown",
        "Server.InsufficientInstanceCapacity", "Client.InternalError", "nonsense");

    private static readonly Gen<short> Scope = Gen.Frequency((8, Gen.Constant((short)1)), (2, Gen.Constant((short)2)));

    private static readonly Gen<CheckState> Check = Gen.Frequency(
        (6, Gen.Constant(CheckState.Ok)), (3, Gen.Constant(CheckState.Impaired)), (2, Gen.Constant(CheckState.Initializing)), (1, Gen.Constant(CheckState.Unknown)));

    private static readonly Gen<AnnouncedEvent> Announced = from begin in OrNone(Time, 9) from end in OrNone(Time, 7) select new AnnouncedEvent("system-reboot", begin, end);

    /// <summary>Every kind of history.</summary>
    public static Gen<World> Worlds { get; } =
        from history in All()
        from one in Sight(1)
        from two in Sight(2)
        from known in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from due in Gen.Elements(20, 60, 4_320)
        from maintenance in Gen.Elements(true, false)
        from spot in Gen.Elements(true, false)
        from @from in Gen.Choose(-10, 60)
        from length in Gen.Choose(0, 100)
        from now in Gen.Frequency((9, Gen.Choose(Length, Length + 30).Select(m => Start.AddMinutes(m))), (1, Time))
        select new World(
            history, (known ? new[] { one, two } : [one]).ToDictionary(s => s.Scope),
            new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(due), TimeSpan.FromMinutes(2), maintenance, spot),
            Minute.Of(Start) + @from, Minute.Of(Start) + @from + length, now);

    /// <summary>With a shrinker, so that a failure is told by the few facts that it takes.</summary>
    public static Arbitrary<World> Arbitrary { get; } = Arb.From(Worlds, Smaller);

    private static Gen<VmHistory> All() =>
        from states in Some(10, from at in Time from late in Gen.Choose(0, 10) from scope in Scope from state in State from reason in Reason
                                select new StateFact(0, scope, at, Start.AddMinutes(late), state, reason))
        from statesInOrder in Gen.Elements(true, true, false)
        from running in Gen.Elements(true, true, false)
        from checks in Some(6, from at in Time from instance in Check from system in Check from ebs in Gen.Frequency((3, Gen.Constant(CheckState.Ok)), (1, Check))
                               from since in OrNone(Time, 5) from count in Gen.Choose(0, 2) from events in Announced.ListOf(count)
                               select new CheckFact(0, at, instance, system, ebs, since, [.. events]))
        from checksInOrder in Gen.Elements(true, true, false)
        from agents in Some(4, from at in Time from agent in Gen.Elements(Enum.GetValues<AgentSeen>()) select new AgentFact(0, at, agent))
        from holds in Some(3, from at in Time from until in OrNone(Time, 4) from kind in Gen.Elements(Enum.GetValues<HoldKind>())
                              from ruling in Gen.Elements<string?>(null, null, "true_positive", "false_positive", "benign_positive", "duplicate", "indeterminate")
                              select new HoldFact(1, kind == HoldKind.IdleStop ? null : 1, kind, at, until, ruling, ruling is null ? null : at))
        from memberships in Some(3, from at in Time from scope in Scope from lifecycle in Gen.Elements<string?>(null, "spot")
                                    select new MembershipFact(0, scope, at, "owner", null, "m5.large", null, lifecycle))
        select new VmHistory(
            "i-1",
            Numbered([.. running ? [new StateFact(0, 1, Start.AddMinutes(-5), Start, "running", null)] : (StateFact[])[],
                .. statesInOrder ? states.OrderBy(s => s.At) : (IEnumerable<StateFact>)states], (f, id) => f with { Id = id }),
            Numbered([.. checksInOrder ? checks.OrderBy(c => c.SeenAt) : (IEnumerable<CheckFact>)checks], (f, id) => f with { Id = id }),
            Numbered(agents, (f, id) => f with { Id = id }), Numbered(holds, (f, id) => f with { Act = id }), Numbered(memberships, (f, id) => f with { Id = id }));

    private static Gen<ScopeSight> Sight(short scope) => from inventory in Spans from status in Spans select new ScopeSight(scope, inventory, status);

    // Mostly seen throughout; else pieces with holes of seconds to minutes between them, sometimes reversed, overlapping or out of order.
    private static readonly Gen<IReadOnlyList<SightSpan>> Spans = Gen.Frequency(
        (5, Gen.Constant((IReadOnlyList<SightSpan>)[new(1, Start.AddHours(-3), Start.AddHours(5), true, null)])),
        (5, from steps in (from hole in Gen.Elements(0, 0, 30, 90, 120, 121, 240, 900) from seconds in Gen.Elements(0, 45, 600, 1800, 3600)
                           from seen in Gen.Elements(true, true, true, false) select (hole, seconds, seen)).ListOf(8)
            select (IReadOnlyList<SightSpan>)Chain(steps)),
        (1, from spans in Some(5, from begin in Time from end in Time from seen in Gen.Elements(true, false) select new SightSpan(0, begin, end, seen, null))
            select (IReadOnlyList<SightSpan>)spans));

    private static List<SightSpan> Chain(IEnumerable<(int Hole, int Seconds, bool Seen)> steps)
    {
        List<SightSpan> spans = [];
        var at = Start.AddMinutes(-20);
        foreach (var (hole, seconds, seen) in steps)
        {
            var begin = at.AddSeconds(hole);
            at = begin.AddSeconds(seconds);
            spans.Add(new(spans.Count + 1, begin, at, seen, seen ? null : "listing failed"));
        }

        return spans;
    }

    private static IEnumerable<World> Smaller(World world)
    {
        var history = world.History;
        return Without(history.States).Select(f => history with { States = f })
            .Concat(Without(history.Checks).Select(f => history with { Checks = f }))
            .Concat(Without(history.Agents).Select(f => history with { Agents = f }))
            .Concat(Without(history.Holds).Select(f => history with { Holds = f }))
            .Concat(Without(history.Memberships).Select(f => history with { Memberships = f }))
            .Select(smaller => world with { History = smaller })
            .Concat(world.Sights.Values.SelectMany(sight => Without(sight.Inventory).Select(i => sight with { Inventory = i })
                .Concat(Without(sight.Status).Select(s => sight with { Status = s })))
                .Select(sight => world with { Sights = new Dictionary<short, ScopeSight>(world.Sights) { [sight.Scope] = sight } }));
    }

    private static IEnumerable<IReadOnlyList<T>> Without<T>(IReadOnlyList<T> facts) =>
        Enumerable.Range(0, facts.Count).Select(i => (IReadOnlyList<T>)[.. facts.Where((_, at) => at != i)]);

    private static Gen<List<T>> Some<T>(int most, Gen<T> one) =>
        from count in Gen.Choose(0, most) from facts in one.ListOf(count) select facts.ToList();

    private static Gen<DateTimeOffset?> OrNone(Gen<DateTimeOffset> time, int weight) =>
        Gen.Frequency((weight, time.Select(at => (DateTimeOffset?)at)), (10 - weight, Gen.Constant((DateTimeOffset?)null)));

    private static IReadOnlyList<T> Numbered<T>(List<T> facts, Func<T, long, T> number) => [.. facts.Select((fact, i) => number(fact, i + 1))];
}
