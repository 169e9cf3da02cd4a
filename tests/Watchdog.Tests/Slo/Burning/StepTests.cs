using FsCheck;
using FsCheck.Fluent;
using Watchdog.Slo.Burning;
using Watchdog.Slo.Minutes;

namespace Watchdog.Tests.Slo.Burning;

public sealed class StepTests
{
    private static readonly BurnOptions Options = new();

    [Theory]
    [InlineData(1_000, 20, 0, true)]
    [InlineData(1_000, 19, 0, false)]
    [InlineData(1_000, 30, 11, false)]
    [InlineData(12_500, 62, 0, false)]
    [InlineData(12_500, 63, 0, true)]
    [InlineData(150_000, 750, 0, true)]
    [InlineData(150_000, 749, 0, false)]
    public void Twenty_vms_or_half_a_percent_more_than_before_are_a_step(int vms, int bad, int before, bool fires) =>
        Assert.Equal(fires, StepJudgement.Of(Of(vms, bad), Of(vms, before), null, Options).Firing);

    [Fact]
    public void It_is_over_when_nearly_as_few_are_bad_as_before()
    {
        var fired = StepJudgement.Of(Of(1_000, 45), Of(1_000, 5), null, Options);
        Assert.Equal((true, 5), (fired.Firing, fired.Baseline));
        Assert.True(StepJudgement.Of(Of(1_000, 15), Of(1_000, 45), fired.Baseline, Options).Firing);
        Assert.False(StepJudgement.Of(Of(1_000, 14), Of(1_000, 45), fired.Baseline, Options).Firing);
        Assert.Equal("45 of 1000 VMs are bad, 5 were 15 minutes before; 20 more are a step", fired.Reason);
    }

    [Fact]
    public void The_unknown_speaks_against_a_change_either_way()
    {
        // Before, they may have been bad already; now, they may be bad still.
        Assert.False(StepJudgement.Of(Of(1_000, 45), Of(1_000, 0, unknown: 30), null, Options).Firing);
        Assert.False(StepJudgement.Of(Of(1_000, 0, unknown: 500), Of(1_000, 0), null, Options).Firing);
        Assert.True(StepJudgement.Of(Of(1_000, 0, unknown: 500), Of(1_000, 45), 5, Options).Firing);
    }

    [Fact]
    public void A_scope_that_goes_blind_and_comes_back_as_it_was_is_no_step() => Prop.ForAll(
        (from vms in Gen.Choose(1, 5_000) from bad in Gen.Choose(0, vms) select (vms, bad)).ToArbitrary(), of =>
        {
            var (seen, blind) = (Of(of.vms, of.bad), new Tally(0, 0, 0, of.vms * 5L));
            return !StepJudgement.Of(blind, seen, null, Options).Firing && !StepJudgement.Of(seen, blind, null, Options).Firing;
        }).QuickCheckThrowOnFailure();

    private static Tally Of(int vms, int bad, int unknown = 0) => new((vms - bad - unknown) * 5L, bad * 5L, 0, unknown * 5L);
}
