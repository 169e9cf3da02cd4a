using Watchdog.Ledger;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Classing;

/// <summary>A hold as far as it is in force, [FromMin, ToMin), with the cause that its ruling gives it.</summary>
internal readonly record struct HoldSpan(HoldFact Fact, int FromMin, int ToMin, Cause Cause)
{
    /// <summary>A VM's holds that were ever in force, the first one first.</summary>
    public static IReadOnlyList<HoldSpan> Of(IReadOnlyList<HoldFact> holds, PowerLine power, MinuteRules rules, DateTimeOffset now)
    {
        if (holds.Count == 0)
        {
            return [];
        }

        List<HoldSpan> spans = [];
        foreach (var hold in holds.OrderBy(hold => hold.From))
        {
            var from = Minute.Of(hold.From);
            var to = hold.Until is { } until ? Minute.Of(until) : int.MaxValue;
            if (hold.Kind != HoldKind.Isolation && power.StartAfter(hold.From) is { } started)
            {
                to = Math.Min(to, Minute.Of(started));
            }

            if (from < to)
            {
                spans.Add(new(hold, from, to, CauseOf(hold, rules, now)));
            }
        }

        return spans;
    }

    /// <summary>The minute from which on the missing ruling counts against Watchdog; null once there is a ruling, or where none is due.</summary>
    public int? DueMin(MinuteRules rules) => Cause is Cause.WatchdogUnruledYet ? Instants.MinuteOf(Fact.From, rules.RulingDue) : null;

    /// <summary>Whether the hold explains a VM in this state at this minute.</summary>
    public bool Covers(int minute, PowerKind power) =>
        FromMin <= minute && minute < ToMin && (Fact.Kind == HoldKind.Isolation || power == PowerKind.Down);

    /// <summary>The hold of several that decides: bad before unknown before excluded, and of equals the first.</summary>
    public static HoldSpan? Worst(IReadOnlyList<HoldSpan> holds, int minute, PowerKind power)
    {
        HoldSpan? worst = null;
        foreach (var hold in holds)
        {
            if (hold.Covers(minute, power) && (worst is not { } before || Rank(hold.Cause) < Rank(before.Cause)))
            {
                worst = hold;
            }
        }

        return worst;
    }

    private static int Rank(Cause cause) => Causes.ClassOf(cause) switch { MinuteClass.Bad => 0, MinuteClass.Unknown => 1, _ => 2 };

    private static Cause CauseOf(HoldFact hold, MinuteRules rules, DateTimeOffset now) => (hold.Kind, hold.Ruling) switch
    {
        (HoldKind.IdleStop, _) => Cause.WatchdogIdle,
        (_, Rulings.TruePositive) => Cause.WatchdogQuarantine,
        (_, Rulings.FalsePositive) => Cause.WatchdogFalsePositive,
        (_, Rulings.BenignPositive) => Cause.WatchdogBenignPositive,
        _ => Minute.Of(now) >= Instants.MinuteOf(hold.From, rules.RulingDue) ? Cause.WatchdogUnruled : Cause.WatchdogUnruledYet,
    };
}
