using FsCheck;
using FsCheck.Fluent;
using Watchdog.Slo.Classing;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Telling;
using Interval = Watchdog.Slo.Minutes.Interval;

namespace Watchdog.Tests.Slo.Telling;

public sealed class ExplainedMinutesTests
{
    // Gaps and causes, one after the other: half-open, in order, not overlapping.
    private static readonly Gen<IReadOnlyList<Interval>> Rows =
        from spans in (from gap in Gen.Choose(0, 3) from length in Gen.Choose(1, 9) from cause in Gen.Elements<Cause>(Causes.All) select (gap, length, cause)).ArrayOf()
        select (IReadOnlyList<Interval>)Laid(spans);

    [Fact]
    public void Minute_by_minute_both_words_are_told_and_nothing_else() => Prop.ForAll(Gen.Zip(Rows, Rows).ToArbitrary(), of =>
    {
        var (booked, judged) = of;
        var pieces = ExplainedMinutes.Of(booked, [.. judged.Select(one => new JudgedInterval(one, 1, []))]);
        var last = booked.Concat(judged).Select(one => one.To).DefaultIfEmpty(0).Max();
        return Enumerable.Range(0, last).All(minute =>
        {
            var piece = pieces.SingleOrDefault(one => one.From <= minute && minute < one.To);
            var (was, now) = (At(booked, minute), At(judged, minute));
            return piece is null ? was is null && now is null : piece.Booked == was && piece.Judged == now && piece.Differs == (was != now);
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Steps_hold_every_minute_once() => Prop.ForAll(Gen.Zip(Rows, Gen.Elements(5, 60, 1_440)).ToArbitrary(), of =>
    {
        var (rows, step) = of;
        var steps = Steps.Cut(rows, step);
        return steps.Sum(one => one.Minutes.Tally.All) == rows.Sum(row => (long)row.To - row.From)
            && steps.All(one => one.At % step == 0) && steps.Sum(one => one.Minutes.Tally.Bad) == rows.Where(row => row.Class == MinuteClass.Bad).Sum(row => (long)row.To - row.From);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hours_joined_are_the_days()
    {
        Interval[] rows = [new(100, 3_000, Cause.Ok, AgentSeen.Reached), new(3_000, 3_100, Cause.Guest, AgentSeen.Unknown)];
        Assert.Equal(
            Steps.Cut(rows, Minute.Day).Select(day => (day.At, day.Minutes.Tally, day.Minutes.Agent)),
            Steps.Days(Steps.Cut(rows, 60)).Select(day => (day.At, day.Minutes.Tally, day.Minutes.Agent)));
    }

    private static Cause? At(IReadOnlyList<Interval> rows, int minute) =>
        rows.Where(row => row.From <= minute && minute < row.To).Select(row => (Cause?)row.Cause).SingleOrDefault();

    private static List<Interval> Laid((int Gap, int Length, Cause Cause)[] spans)
    {
        List<Interval> rows = [];
        var at = 0;
        foreach (var (gap, length, cause) in spans)
        {
            rows.Add(new(at + gap, at + gap + length, cause, AgentSeen.Unknown));
            at += gap + length;
        }

        return rows;
    }
}
