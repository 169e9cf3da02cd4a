using FsCheck;
using FsCheck.Fluent;
using Spans = Watchdog.Telemetry.Windows;

namespace Watchdog.Tests.Telemetry;

public class WindowsTests
{
    [Theory]
    [InlineData("2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z")]
    [InlineData("2026-03-02T10:04:59.999Z", "2026-03-02T10:00:00Z")]
    [InlineData("2026-03-02T10:05:00Z", "2026-03-02T10:05:00Z")]
    [InlineData("2026-03-02T12:04:00+02:00", "2026-03-02T10:00:00Z")]
    public void A_window_ends_with_the_last_whole_period(string now, string end)
    {
        var span = Spans.Trailing(Instant(now), Spans.Screen);
        Assert.Equal(Instant(end), span.End);
        Assert.Equal((36, TimeSpan.FromHours(3), TimeSpan.Zero), (span.Points, span.End - span.Start, span.Start.Offset));
    }

    [Fact]
    public void Windows_lie_on_the_grid_and_hold_no_future()
    {
        var arbitrary = Arb.From(from seconds in Gen.Choose(-2_000_000_000, 2_000_000_000) from points in Gen.Choose(1, 600)
                                 from period in Gen.Elements(60, 300, 3600) select (Seconds: seconds, Points: points, Period: period));
        Prop.ForAll(arbitrary, draw =>
        {
            var now = DateTimeOffset.FromUnixTimeSeconds(draw.Seconds).AddMilliseconds(17);
            var span = Spans.Trailing(now, TimeSpan.FromSeconds((double)draw.Points * draw.Period), draw.Period);
            Assert.Equal(draw.Points, span.Points);
            Assert.Equal(0, span.Start.ToUnixTimeSeconds() % draw.Period);
            Assert.InRange((now - span.End).TotalSeconds, 0, draw.Period);
        }).QuickCheckThrowOnFailure();
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
