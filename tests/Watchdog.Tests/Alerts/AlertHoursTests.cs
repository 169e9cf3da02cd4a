using System.Globalization;
using Watchdog.Alerts;

namespace Watchdog.Tests.Alerts;

public sealed class AlertHoursTests
{
    public static TheoryData<string> Zones => ["Pacific/Auckland", "Europe/Istanbul", "Europe/Berlin", "America/Los_Angeles"];

    [Theory]
    [MemberData(nameof(Zones))]
    public void Of_teams_that_follow_each_other_exactly_one_has_each_instant_of_a_year_its_weekends_and_its_changes_of_clocks(string zone)
    {
        string[] week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
        AlertHours[] teams =
        [
            new() { From = "00:00", To = "02:30", Days = [.. week], Zone = zone }, new() { From = "02:30", To = "17:00", Days = [.. week], Zone = zone },
            new() { From = "17:00", To = "00:00", Days = [.. week], Zone = zone }, new() { Days = ["saturday"], Zone = zone },
            new() { From = "00:00", To = "02:30", Days = ["Sunday"], Zone = zone }, new() { From = "02:30", To = "00:00", Days = ["Sunday"], Zone = zone },
        ];
        for (var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero); at.Year == 2026; at = at.AddMinutes(15))
        {
            Assert.True(teams.Count(team => team.Hold(at)) == 1, $"{at:u}: {string.Join("; ", teams.Where(team => team.Hold(at)).Select(team => team.Words))}");
        }
    }

    [Theory]
    // Friday 22:00 in Berlin, and the Saturday morning after it, belong to Friday; the night after does not.
    [InlineData("2026-01-09T20:59Z", false)]
    [InlineData("2026-01-09T21:00Z", true)]
    [InlineData("2026-01-10T05:59Z", true)]
    [InlineData("2026-01-10T06:00Z", false)]
    [InlineData("2026-01-10T21:00Z", false)]
    [InlineData("2026-07-10T20:00Z", true)]
    public void A_day_is_that_on_which_the_hours_begin(string at, bool holds) => Assert.Equal(holds, At(new() { From = "22:00", To = "07:00", Days = ["Friday"], Zone = "Europe/Berlin" }, at));

    [Theory]
    // The night of 28 March 2026 has 23 hours in Berlin, that of 24 October 25; Sunday is over at midnight all the same.
    [InlineData("2026-03-28T22:59Z", false)]
    [InlineData("2026-03-28T23:00Z", true)]
    [InlineData("2026-03-29T21:59Z", true)]
    [InlineData("2026-03-29T22:00Z", false)]
    [InlineData("2026-10-25T22:59Z", true)]
    [InlineData("2026-10-25T23:00Z", false)]
    public void Days_alone_are_whole_days(string at, bool holds) => Assert.Equal(holds, At(new() { Days = ["Sunday"], Zone = "Europe/Berlin" }, at));

    [Fact]
    public void Without_any_there_are_none() => Assert.False(new AlertHours { Zone = "Europe/Berlin" }.Hold(DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData("22:00", null, "UTC", null, "'' is no time of day such as 22:00")]
    [InlineData("22:00", "22:00", "UTC", null, "the hours from 22:00 to 22:00 are empty; leave From and To out for the whole day")]
    [InlineData(null, null, "UTC", "Caturday", "'Caturday' is no day such as Saturday")]
    [InlineData(null, null, "UTC", "6", "'6' is no day such as Saturday")]
    [InlineData("22:00", "07:00", "Berlin", null, "'Berlin' is no time zone; take a name of the IANA database such as Europe/Berlin (UTC+1 or CET-1 are none)")]
    public void What_cannot_be_read_is_told(string? from, string? to, string zone, string? day, string expected) =>
        Assert.Equal(expected, new AlertHours { From = from, To = to, Zone = zone, Days = day is null ? [] : [day] }.Error());

    private static bool At(AlertHours hours, string at) => hours.Hold(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));
}
