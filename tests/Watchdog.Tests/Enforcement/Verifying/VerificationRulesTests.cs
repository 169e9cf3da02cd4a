using Watchdog.Detectors.Facts;
using Watchdog.Enforcement.Verifying;

namespace Watchdog.Tests.Enforcement.Verifying;

public sealed class VerificationRulesTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 12, 2, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(new double[] { 4_000, 3_000 }, Holding.Verified)]
    [InlineData(new double[] { 90_000, 3_000, 2_000 }, Holding.Verified)]
    [InlineData(new double[] { 60_000, 60_000 }, Holding.Leaking)]
    [InlineData(new double[] { 60_000, 3_000, 60_000 }, Holding.Leaking)]
    [InlineData(new double[] { 60_000 }, Holding.Unknown)]
    [InlineData(new double[] { }, Holding.Unknown)]
    public void Two_whole_periods_decide(double[] after, Holding expected)
    {
        var seen = new Observed(At, MedianBefore: 100_000, After: [.. after.Select(bytes => (double?)bytes)]);

        Assert.Equal(expected, VerificationRules.Judge(seen, "running", At.AddMinutes(20), 45).Holding);
    }

    [Theory]
    [InlineData(100_000, 49_999, Holding.Verified)]
    [InlineData(100_000, 50_001, Holding.Leaking)]
    // A quiet VM's half is nothing: the agent alone sends more.
    [InlineData(1_000, 19_999, Holding.Verified)]
    [InlineData(1_000, 20_001, Holding.Leaking)]
    public void The_limit_is_half_of_the_median_before_and_never_less_than_what_an_agent_sends(double before, double after, Holding expected)
    {
        var seen = new Observed(At, MedianBefore: before, After: [after, after]);

        Assert.Equal(expected, VerificationRules.Judge(seen, "running", At.AddMinutes(20), 45).Holding);
    }

    [Fact]
    public void Absent_data_end_as_unverifiable_and_never_as_leaking_or_verified()
    {
        var seen = new Observed(At, MedianBefore: 100_000, After: [null, 90_000, null, null]);

        Assert.Equal(Holding.Unknown, VerificationRules.Judge(seen, "running", At.AddMinutes(44), 45).Holding);
        var verdict = VerificationRules.Judge(seen, "running", At.AddMinutes(45), 45);
        Assert.Equal(Holding.Unverifiable, verdict.Holding);
        Assert.Contains("1 of 2 whole periods", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_foreign_peer_leaks_at_once_and_is_named()
    {
        var verdict = VerificationRules.Judge(new Observed(At, Peers: ["198.51.100.4 port 3333 (process 7)"]), "running", At.AddMinutes(3), 45);

        Assert.Equal(Holding.Leaking, verdict.Holding);
        Assert.Contains("198.51.100.4 port 3333", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_vm_sends_nothing() =>
        Assert.Equal(Holding.Verified, VerificationRules.Judge(new Observed(At), "stopped", At.AddMinutes(3), 45).Holding);

    [Fact]
    public void The_period_in_which_the_isolation_fell_counts_on_neither_side()
    {
        float[] points = [10, 20, 30, 400, 5, float.NaN];
        var seen = new Observed(At).With(new MetricWindow(At.AddMinutes(-17), 300, points));

        Assert.Equal(20, seen.MedianBefore);
        Assert.Equal([5, null], seen.After!);
    }

    [Fact]
    public void Traffic_is_judged_first_when_two_whole_periods_have_passed_and_cloudwatch_had_time_to_show_them() =>
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 12, 20, 0, TimeSpan.Zero), VerificationRules.FirstTraffic(At));
}
