using Watchdog.Detectors.Facts;

namespace Watchdog.Detectors.Tests.Facts;

public class BaselineTests
{
    private readonly float[] _means = Given.Flat(72, float.NaN);
    private readonly float[] _p95s = Given.Flat(72, float.NaN);

    [Fact]
    public void A_default_baseline_knows_no_hour()
        => Assert.Equal(0, default(Baseline).KnownHours);

    [Fact]
    public void Spans_of_other_lengths_are_refused()
        => Assert.Throws<ArgumentException>(() => new Baseline(new float[71], new float[71], 0));

    [Fact]
    public void Complete_hours_are_entered_once_whatever_the_number_of_runs()
    {
        var cpu = Given.Flat(36, 10);
        var end = 0L;
        for (var i = 0; i < 3; i++)
        {
            end = BaselineRoll.Roll(_means, _p95s, end, Given.Until(Given.Noon, cpu), Given.Noon.AddMinutes(20));
        }

        var baseline = new Baseline(_means, _p95s, end);
        Assert.Equal(3, baseline.KnownHours);
        Assert.Equal([10f, 10f, 10f], _means[^3..]);
        Assert.Equal(Given.Noon.ToUnixTimeSeconds() / 3600, end);
    }

    [Fact]
    public void An_hour_waits_until_late_points_have_come()
    {
        var end = BaselineRoll.Roll(_means, _p95s, 0, Given.Until(Given.Noon, Given.Flat(36, 10)), Given.Noon.AddMinutes(5));
        Assert.Equal(2, new Baseline(_means, _p95s, end).KnownHours);
    }

    [Fact]
    public void An_hour_with_fewer_than_half_its_points_is_passed_over()
    {
        var cpu = Given.Flat(36, 10);
        Array.Fill(cpu, float.NaN, 12, 7);
        var end = BaselineRoll.Roll(_means, _p95s, 0, Given.Until(Given.Noon, cpu), Given.Noon.AddHours(1));
        Assert.Equal(2, new Baseline(_means, _p95s, end).KnownHours);
    }

    [Fact]
    public void Hours_under_a_suspicion_are_looked_at_and_not_learnt()
    {
        var end = BaselineRoll.Roll(_means, _p95s, 0, Given.Until(Given.Noon, Given.Flat(36, 99)), Given.Noon.AddHours(1), frozen: true);
        Assert.Equal(0, new Baseline(_means, _p95s, end).KnownHours);
        end = BaselineRoll.Roll(_means, _p95s, end, Given.Until(Given.Noon, Given.Flat(36, 99)), Given.Noon.AddHours(1));
        Assert.Equal(0, new Baseline(_means, _p95s, end).KnownHours);
    }

    [Fact]
    public void One_window_of_three_days_gives_a_new_VM_its_past()
    {
        var end = BaselineRoll.Roll(_means, _p95s, 0, Given.Until(Given.Noon, Given.Flat(864, 7)), Given.Noon.AddHours(1));
        Assert.Equal(72, new Baseline(_means, _p95s, end).KnownHours);
    }

    [Fact]
    public void The_newest_hours_can_be_left_out()
    {
        var end = BaselineRoll.Roll(_means, _p95s, 0, Given.Until(Given.Noon, Given.Flat(36, 7)), Given.Noon.AddHours(1));
        Assert.Equal(2, new Baseline(_means, _p95s, end).HoursAfter(Given.Noon.AddHours(-2)));
        Assert.Equal(0, new Baseline(_means, _p95s, end).HoursAfter(Given.Noon));
    }

    [Fact]
    public void Bytes_give_back_what_was_written_within_a_half_float()
    {
        for (var i = 30; i < 72; i++)
        {
            (_means[i], _p95s[i]) = (i + 0.25f, Math.Min(100, i * 1.3f));
        }

        var bytes = new byte[BaselineCodec.Size];
        BaselineCodec.Encode(new Baseline(_means, _p95s, 493_000), bytes);
        var (means, p95s) = (new float[72], new float[72]);
        Assert.True(BaselineCodec.TryDecode(bytes, means, p95s, out var end));
        Assert.Equal(493_000, end);
        Assert.True(BaselineCodec.Size < 2000);
        for (var i = 0; i < 72; i++)
        {
            Assert.True(float.IsNaN(_means[i]) ? float.IsNaN(means[i]) : Math.Abs(_means[i] - means[i]) < 0.05f);
            Assert.True(float.IsNaN(_p95s[i]) ? float.IsNaN(p95s[i]) : Math.Abs(_p95s[i] - p95s[i]) < 0.05f);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(BaselineCodec.Size + 1)]
    public void Bytes_of_another_shape_are_a_VM_without_history(int length)
    {
        Assert.False(BaselineCodec.TryDecode(new byte[length], _means, _p95s, out var end));
        Assert.Equal(0, new Baseline(_means, _p95s, end).KnownHours);
    }
}
