using FsCheck;
using FsCheck.Fluent;
using Watchdog.Bench.Features;
using Watchdog.Detectors.Features;

namespace Watchdog.Detectors.Tests.Laws;

/// <summary>Vectors, ranks and indices give to the bit what plain loops and a sort give (but for the sign of a zero).</summary>
public class FeatureLaws
{
    private const int LongestWindow = 700;

    private static readonly Gen<float> Point = Gen.Frequency(
        (12, Gen.Choose(0, 100_000).Select(static value => value / 1000f)),
        (4, Gen.Choose(-3, 3).Select(static value => (float)value)),
        (2, Gen.Constant(float.NaN)),
        (1, Gen.Elements(float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon, -0f)));

    private static readonly Gen<float[]> Window =
        from length in Gen.Frequency((3, Gen.Choose(0, 80)), (2, Gen.Choose(0, LongestWindow)))
        from gaps in Gen.Elements(true, false)
        from values in (gaps ? Point : Point.Where(static value => !float.IsNaN(value))).ArrayOf(length)
        select values;

    private static readonly Arbitrary<float[]> Windows = Window.ToArbitrary();

    private static readonly Arbitrary<double> Quantiles = Gen.OneOf(Gen.Elements(0d, 0.05, 0.1, 0.5, 0.75, 0.9, 0.95, 0.98, 1), Gen.Choose(0, 1000).Select(static value => value / 1000d)).ToArbitrary();

    // Seconds from the window's start to the launch, the minutes of grace, and the threshold.
    private static readonly Arbitrary<(int Launch, int Minutes, float Threshold, int Points, int Within)> Looks = (
        from launch in Gen.Choose(-4_000, 230_000)
        from minutes in Gen.Elements(0, 1, 15, 60, 1_000)
        from threshold in Point
        from points in Gen.Choose(0, 40)
        from within in Gen.Choose(0, 800)
        select (launch, minutes, threshold, points, within)).ToArbitrary();

    private static readonly Config Thousand = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Fact]
    public void Known_points_are_counted_and_copied_as_by_a_plain_loop()
        => Prop.ForAll(Windows, static window =>
        {
            var copied = new float[window.Length];
            var known = Stat.CopyKnown(window, copied);
            var plain = Plain.KnownOf(window, new float[window.Length]);
            return Stat.Known(window) == Plain.Known(window) && copied.AsSpan(0, known).SequenceEqual(plain);
        }).Check(Thousand);

    [Fact]
    public void A_quantile_is_that_of_the_sorted_points()
        => Prop.ForAll(Windows, Quantiles, static (window, q) => Stat.Quantile(window, q).Equals(Plain.Quantile(window, q))).Check(Thousand);

    [Fact]
    public void A_plateau_is_the_same_with_the_boot_told_by_index()
        => Prop.ForAll(Windows, Looks, static (window, look) =>
        {
            var cpu = Given.Until(Given.Noon, window);
            var launch = cpu.Start.AddSeconds(look.Launch).AddMilliseconds(look.Launch % 3 * 250);
            foreach (var grace in (Grace[])[default, new Grace(launch, launch.AddMinutes(look.Minutes)), new Grace(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)])
            {
                if (Plateau.At(cpu, look.Threshold, look.Points, look.Within, grace) != Plain.At(cpu, look.Threshold, look.Points, look.Within, grace))
                {
                    return false;
                }
            }

            return true;
        }).Check(Thousand);

    [Fact]
    public void A_plateau_of_a_window_without_a_period_is_empty()
        => Assert.Equal(default, Plateau.At(default, 12, 8, 16, new Grace(Given.Noon, Given.Noon.AddMinutes(15))));
}
