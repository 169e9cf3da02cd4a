using Watchdog.Detectors.Features;

namespace Watchdog.Detectors.Tests.Features;

public class StepTests
{
    private const float Absent = float.NaN;

    [Theory]
    [InlineData(new float[] { 2, 2, 99, 100 }, -10)]
    [InlineData(new float[] { 2, 2, 60, 100 }, -10)]
    [InlineData(new float[] { 2, Absent, 99, Absent, 100 }, -15)]
    [InlineData(new float[] { 2, 2, 70, Absent, Absent }, -15)]
    public void A_rise_within_one_sample_is_seen(float[] cpu, int minutes)
        => Assert.Equal(Given.Noon.AddMinutes(minutes), Step.CeilingAt(Given.Until(Given.Noon, cpu)));

    [Theory]
    [InlineData(new float[] { 60, 75, 90, 99 })]
    [InlineData(new float[] { 2, 99, 40 })]
    [InlineData(new float[] { 99, 99, 99 })]
    [InlineData(new float[] { 2, 2, 70 })]
    [InlineData(new float[] { Absent, Absent })]
    [InlineData(new float[0])]
    public void A_slow_rise_a_fall_and_nothing_known_are_none(float[] cpu)
        => Assert.Null(Step.CeilingAt(Given.Until(Given.Noon, cpu)));

    [Fact]
    public void Silence_begins_after_two_missing_points()
    {
        Assert.Equal(Given.Noon.AddMinutes(-10), Step.SilentSince(Given.Until(Given.Noon, 1, 1, Absent, Absent)));
        Assert.Null(Step.SilentSince(Given.Until(Given.Noon, 1, 1, 1, Absent)));
        Assert.Null(Step.SilentSince(Given.Until(Given.Noon, Absent, Absent)));
    }

    [Theory]
    [InlineData(50, 2, 1)]
    [InlineData(98.9, 4, 4)]
    [InlineData(37.6, 8, 3)]
    [InlineData(62, 2, 0)]
    [InlineData(1, 2, 0)]
    public void Added_CPU_is_told_in_whole_cores(double added, int vcpus, int cores)
        => Assert.Equal(cores, Quantised.Cores(added, vcpus, 1.5));
}
