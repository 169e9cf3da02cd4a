using Watchdog.IdleShutdown;
using Watchdog.IdleShutdown.Schedules;

namespace Watchdog.Tests.IdleShutdown.Schedules;

public sealed class ScheduleTests
{
    private static readonly IdleShutdownOptions Section = new()
    {
        Schedules = [new() { Name = "office", Zone = "Europe/Berlin", Start = "0 8 * * MON-FRI", Stop = "0 19 * * *", Calendar = "bank" }],
        Calendars = [new() { Name = "bank", Dates = ["2026-12-25"] }],
    };

    private static Schedule Office => ScheduleReader.Of(Section, "office")!;

    [Theory]
    // Before, with its warning's lead; at its time; to its bound, and not a second longer.
    [InlineData("2026-11-23T17:44:59Z", null)]
    [InlineData("2026-11-23T17:45:00Z", "2026-11-23T18:00:00Z")]
    [InlineData("2026-11-23T18:30:00Z", "2026-11-23T18:00:00Z")]
    [InlineData("2026-11-23T18:30:01Z", null)]
    [InlineData("2026-11-24T09:00:00Z", null)]
    public void A_stop_is_seen_to_from_its_warning_to_its_bound(string now, string? due) =>
        Assert.Equal(due is null ? null : At(due), Office.StopDue(At(now), TimeSpan.FromMinutes(15)));

    [Fact]
    public void A_stop_that_was_missed_for_a_day_is_not_caught_up_and_a_start_is_as_long_as_its_window_lasts()
    {
        Assert.Null(Office.StopDue(At("2026-11-22T12:00:00Z"), TimeSpan.FromMinutes(15)));
        Assert.Null(Office.StartDue(At("2026-11-23T06:59:59Z")));
        Assert.Equal(At("2026-11-23T07:00:00Z"), Office.StartDue(At("2026-11-23T17:59:59Z")));
        Assert.Null(Office.StartDue(At("2026-11-23T18:00:00Z")));
    }

    [Fact]
    public void A_holiday_has_no_start_and_its_stop_all_the_same() => Assert.Equal(
        [new(Desired.Running, At("2026-12-24T07:00:00Z")), new(Desired.Stopped, At("2026-12-24T18:00:00Z")), new Occurrence(Desired.Stopped, At("2026-12-25T18:00:00Z"))],
        Office.Between(At("2026-12-24T00:00:00Z"), At("2026-12-26T00:00:00Z")));

    [Fact]
    public void Of_a_start_and_a_stop_at_one_instant_the_start_holds()
    {
        var schedule = ScheduleReader.Of(Section, new IdleScheduleOptions { Name = "s", Start = "0 8 * * MON", Stop = "0 8 * * *" });
        Assert.Equal(Desired.Running, schedule.Latest(At("2026-11-23T08:00:00Z"))!.Value.Wants);
        Assert.Equal(At("2026-11-24T08:00:00Z"), schedule.NextStop(At("2026-11-23T07:00:00Z")));
    }

    [Theory]
    // 02:30 is skipped on 29 March and shown twice on 25 October.
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public void A_time_in_a_gap_acts_once_after_it_and_one_in_an_overlap_once_at_the_earlier(string from, string first, string second)
    {
        var schedule = ScheduleReader.Of(Section, new IdleScheduleOptions { Name = "s", Zone = "Europe/Berlin", Stop = "0 30 2 * * *" });
        Assert.Equal(At(first), schedule.NextStop(At(from)));
        Assert.Equal(At(second), schedule.NextStop(At(first)));
    }

    [Theory]
    [InlineData("zone", "'Mars/Base' is no time zone; take a name of the IANA database")]
    [InlineData("unreadable", "Stop '0 25 * * *' is no cron expression")]
    [InlineData("fields", "Stop '19:00' has 1 fields; a cron expression has five")]
    [InlineData("never", "Stop '0 19 30 2 *' never comes")]
    [InlineData("empty", "Start and Stop are the same")]
    [InlineData("neither", "it has neither Start nor Stop")]
    [InlineData("calendar", "there is no calendar 'moon'; name one of IdleShutdown:Calendars (bank)")]
    [InlineData("twice", "Name must be a name of its own")]
    [InlineData("day", "'25.12.2026' is no day such as 2026-12-25")]
    [InlineData("unknown", "IdleShutdown:Schedule: there is no schedule 'nights'; name one of IdleShutdown:Schedules (office)")]
    public void A_schedule_that_makes_no_sense_is_named_with_its_mend(string what, string told)
    {
        IdleScheduleOptions one = new() { Name = "office", Start = "0 8 * * *", Stop = "0 19 * * *" };
        IdleCalendarOptions calendar = new() { Name = "bank" };
        IdleShutdownOptions section = new() { Schedules = [one], Calendars = [calendar] };
        switch (what)
        {
            case "zone": one.Zone = "Mars/Base"; break;
            case "unreadable": one.Stop = "0 25 * * *"; break;
            case "fields": one.Stop = "19:00"; break;
            case "never": one.Stop = "0 19 30 2 *"; break;
            case "empty": one.Stop = " 0 8  * * *"; break;
            case "neither": (one.Start, one.Stop) = (null, null); break;
            case "calendar": one.Calendar = "moon"; break;
            case "twice": section.Schedules.Add(one); break;
            case "day": calendar.Dates.Add("25.12.2026"); break;
            default: section.Schedule = "nights"; break;
        }

        Assert.Contains(told, new IdleShutdownOptionsValidator().Validate(null, section).FailureMessage, StringComparison.Ordinal);
        Assert.False(new IdleShutdownOptionsValidator().Validate(null, Section).Failed);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, null);
}
