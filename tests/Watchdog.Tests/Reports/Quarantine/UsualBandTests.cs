using Watchdog.Detectors.Facts;
using Watchdog.Reports.Quarantine;

namespace Watchdog.Tests.Reports.Quarantine;

public sealed class UsualBandTests
{
    [Fact]
    public void It_reaches_from_the_low_means_to_the_high_peaks_of_the_hours_that_are_known()
    {
        var (means, p95s) = (new float[Baseline.Hours], new float[Baseline.Hours]);
        means.AsSpan().Fill(float.NaN);
        p95s.AsSpan().Fill(float.NaN);
        for (var i = 1; i <= 11; i++)
        {
            (means[^i], p95s[^i]) = (i, 10 * i > 100 ? 100 : 10 * i);
        }

        var bytes = new byte[BaselineCodec.Size];
        BaselineCodec.Encode(new Baseline(means, p95s, 1000), bytes);

        Assert.Equal(new UsualBand(2, 100, 11), UsualBand.Of(bytes));
    }

    [Fact]
    public void Nothing_known_is_no_band()
    {
        var bytes = new byte[BaselineCodec.Size];
        BaselineCodec.Encode(default, bytes);

        Assert.Null(UsualBand.Of(bytes));
        Assert.Null(UsualBand.Of(null));
        Assert.Null(UsualBand.Of([1, 2, 3]));
    }
}
