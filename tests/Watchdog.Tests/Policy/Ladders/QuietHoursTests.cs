using Watchdog.Policy.Ladders;

namespace Watchdog.Tests.Policy.Ladders;

public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("2026-01-05T20:59Z", false)]
    [InlineData("2026-01-05T21:00Z", true)]
    [InlineData("2026-01-06T05:59Z", true)]
    [InlineData("2026-01-06T06:00Z", false)]
    // In summer the zone's clock is an hour further.
    [InlineData("2026-07-05T20:00Z", true)]
    [InlineData("2026-07-06T05:00Z", false)]
    public void They_run_over_midnight_by_the_zones_clock(string at, bool quiet) =>
        Assert.Equal(quiet, new QuietHours { From = "22:00", To = "07:00", Zone = "Europe/Berlin" }.Hold(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void There_are_none_unless_somebody_sets_them() => Assert.False(new QuietHours().Hold(DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData("22:00", null, "UTC")]
    [InlineData("22:00", "07:00", "Berlin")]
    public void What_cannot_be_read_is_told(string from, string? to, string zone) =>
        Assert.Throws<FormatException>(() => new QuietHours { From = from, To = to, Zone = zone }.Hold(DateTimeOffset.UnixEpoch));
}
