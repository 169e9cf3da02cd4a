using Watchdog.Ledger;

namespace Watchdog.Tests.Ledger;

public sealed class PrecisionTests
{
    // Computed apart.
    [Theory]
    [InlineData(9, 1, 0.9, 0.595850, 0.982124)]
    [InlineData(99, 1, 0.99, 0.945514, 0.998233)]
    [InlineData(1, 0, 1, 0.206549, 1)]
    [InlineData(0, 3, 0, 0, 0.561497)]
    [InlineData(50, 50, 0.5, 0.403832, 0.596168)]
    public void The_interval_is_wilsons(int right, int wrong, double share, double low, double high)
    {
        var measured = Precision.Of(right, wrong);

        Assert.Equal((share, low, high), (measured.Share, Math.Round(measured.Low, 6), Math.Round(measured.High, 6)));
    }

    [Fact]
    public void Where_nobody_has_ruled_nothing_is_known()
    {
        var measured = Precision.Of(0, 0);

        Assert.True(double.IsNaN(measured.Share));
        Assert.Equal((0, 1), (measured.Low, measured.High));
    }

    [Fact]
    public void The_share_lies_in_its_interval_and_more_rulings_make_it_narrower()
    {
        for (var right = 0; right <= 40; right++)
        {
            for (var wrong = right == 0 ? 1 : 0; wrong <= 40; wrong++)
            {
                var measured = Precision.Of(right, wrong);
                var more = Precision.Of(2 * right, 2 * wrong);
                Assert.InRange(measured.Share, measured.Low, measured.High);
                Assert.InRange(more.High - more.Low, 0, measured.High - measured.Low);
            }
        }
    }
}
