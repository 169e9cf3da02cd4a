using Watchdog.Slo.Alarms;
using Watchdog.Slo.Burning;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;
using Watchdog.Slo.Reading;

namespace Watchdog.Tests.Slo.Alarms;

public sealed class AlarmRoundTests
{
    private const int End = 29_000_000;
    private static readonly BookKey West = new("region", "eu-west-1");
    private static readonly IReadOnlyList<Objective> Promised = [new("region", Dimension.Region, [], 0.9995m, [BurnRung.Standard[0]])];

    [Fact]
    public void A_group_that_begins_to_burn_is_told_once()
    {
        var first = Judge(Windows(1_000, 100), []);
        Assert.Equal(["slo.burn.fired", "slo.step.fired"], first.Changes.Select(change => change.Kind));
        Assert.Equal("slo:region:eu-west-1", first.Changes[0].Subject);
        Assert.Empty(Judge(Windows(1_000, 100), first.Alarms, End + 5).Changes);
    }

    [Fact]
    public void It_keeps_the_minute_at_which_it_began()
    {
        var first = Judge(Windows(1_000, 100), []);
        var later = Judge(Windows(1_000, 100), first.Alarms, End + 30);
        Assert.All(later.Alarms, alarm => Assert.Equal((End, End + 30), (alarm.Since, alarm.At)));
    }

    [Fact]
    public void When_it_ceases_it_is_told_once()
    {
        var first = Judge(Windows(1_000, 100), []);
        var over = Judge(Windows(1_000, 0), first.Alarms, End + 90);
        Assert.Equal(["slo.burn.resolved", "slo.step.resolved"], over.Changes.Select(change => change.Kind));
        Assert.Empty(Judge(Windows(1_000, 0), over.Alarms, End + 95).Changes);
    }

    [Fact]
    public void A_frozen_burn_goes_on_firing_and_tells_nothing()
    {
        var first = Judge(Windows(1_000, 100), []);
        var blind = Judge(Windows(1_000, 0, unknown: 200), first.Alarms, End + 10);
        var burn = blind.Alarms.Single(alarm => !alarm.Key.IsStep);
        Assert.True(burn.Firing);
        Assert.True(burn.Frozen);
        Assert.Equal(End, burn.Since);
        Assert.DoesNotContain(blind.Changes, change => change.Kind == "slo.burn.resolved");
    }

    [Fact]
    public void A_region_whose_books_lag_stays_as_it_was()
    {
        var first = Judge(Windows(1_000, 100), []);
        var lagging = AlarmRound.Of(
            Promised, new Dictionary<BookKey, GroupWindows>(), new HashSet<string> { "eu-west-1" }, Stored(first.Alarms), End + 5_000, new());
        Assert.Empty(lagging.Changes);
        Assert.All(lagging.Alarms, alarm => Assert.True(alarm is { Firing: true, Frozen: true }));
    }

    [Fact]
    public void A_group_of_which_nothing_is_left_is_over()
    {
        var first = Judge(Windows(1_000, 100), []);
        var gone = AlarmRound.Of(Promised, new Dictionary<BookKey, GroupWindows>(), new HashSet<string>(), Stored(first.Alarms), End + 5_000, new());
        Assert.Equal(["slo.burn.resolved", "slo.step.resolved"], gone.Changes.Select(change => change.Kind));
    }

    [Fact]
    public void What_is_promised_no_more_is_over_and_forgotten()
    {
        var first = Judge(Windows(1_000, 100), []);
        var none = AlarmRound.Of(
            [Promised[0] with { Burn = [] }], new Dictionary<BookKey, GroupWindows> { [West] = Windows(1_000, 100) }, new HashSet<string>(), Stored(first.Alarms), End, new());
        Assert.Equal(2, none.Changes.Count);
        Assert.All(none.Changes, change => Assert.Contains("promised no more", change.Alarm.Reason, StringComparison.Ordinal));
        Assert.Equal(first.Alarms.Select(alarm => alarm.Key), none.Gone);
        Assert.Empty(none.Alarms);
    }

    [Fact]
    public void Only_the_groups_that_are_named_are_judged()
    {
        var elsewhere = new Objective("paid", Dimension.Plan, ["pro"], 0.9995m, [BurnRung.Standard[0]]);
        var round = AlarmRound.Of(
            [elsewhere], new Dictionary<BookKey, GroupWindows> { [new("plan", "pro")] = Windows(1_000, 0), [new("plan", "free")] = Windows(1_000, 100), [West] = Windows(1_000, 100) },
            new HashSet<string>(), Stored([]), End, new());
        Assert.All(round.Alarms, alarm => Assert.Equal("pro", alarm.Key.Group));
    }

    [Fact]
    public void Windows_end_where_the_slowest_scope_that_keeps_up_is_written()
    {
        Assert.Null(BookEnd.Of([]));
        var end = BookEnd.Of([("eu-west-1", 1_000), ("eu-west-1", 500), ("us-east-1", 985), ("ap-south-1", 900)])!;
        Assert.Equal(985, end.Minute);
        Assert.Equal(["ap-south-1"], end.Behind);
    }

    [Fact]
    public void An_event_says_what_why_and_how_many()
    {
        var fired = Judge(Windows(1_000, 100), []).Changes[0];
        using var data = System.Text.Json.JsonDocument.Parse(fired.Json());
        var root = data.RootElement;
        Assert.Equal("region", root.GetProperty("slo").GetString());
        Assert.Equal("eu-west-1", root.GetProperty("group").GetString());
        Assert.Equal("14.4/1h+5m", root.GetProperty("rung").GetString());
        Assert.Equal(0.9995m, root.GetProperty("target").GetDecimal());
        Assert.Equal(100, root.GetProperty("bad_vms").GetDouble());
        Assert.Equal(1_000, root.GetProperty("vms").GetDouble());
        Assert.StartsWith("burns 200.00 times its budget over 1h", root.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(Minute.At(End), root.GetProperty("watermark").GetDateTimeOffset());
    }

    // So many are bad for the whole of the last hour but the first 45 minutes of it, as the step asks for.
    private static GroupWindows Windows(int vms, int bad, int unknown = 0) => new(AlarmRound.WindowsFor(Promised).ToDictionary(
        minutes => minutes,
        minutes => minutes == 60
            ? new Tally((vms - bad - unknown) * 60L, bad * 60L, 0, unknown * 60L)
            : new((vms * minutes) - ((bad + unknown) * Math.Min(minutes, 15L)), bad * Math.Min(minutes, 15L), 0, unknown * Math.Min(minutes, 15L))));

    private static AlarmRound Judge(GroupWindows windows, IReadOnlyList<SloAlarm> before, int end = End) =>
        AlarmRound.Of(Promised, new Dictionary<BookKey, GroupWindows> { [West] = windows }, new HashSet<string>(), Stored(before), end, new());

    private static Dictionary<AlarmKey, SloAlarm> Stored(IReadOnlyList<SloAlarm> alarms) => alarms.ToDictionary(alarm => alarm.Key);
}
