using Watchdog.Inventory;
using Watchdog.Telemetry;
using Watchdog.Telemetry.Spending;

namespace Watchdog.Tests.Telemetry.Spending;

public sealed class ThriftRulesTests
{
    [Theory]
    [InlineData(99.9, Thrift.None)]
    [InlineData(100, Thrift.NoPast)]
    [InlineData(105, Thrift.QuietSlower)]
    [InlineData(110, Thrift.QuietSlowest)]
    [InlineData(900, Thrift.QuietSlowest)]
    public void What_is_left_off_goes_in_steps(double spent, Thrift level) => Assert.Equal(level, ThriftRules.Decide((decimal)spent, 100).Level);

    [Fact]
    public void Without_a_budget_nothing_is_left_off_and_the_reason_says_the_figures() =>
        Assert.Equal((Thrift.None, "US$ 900.00 spent this month; no budget is set"), ThriftRules.Decide(900, 0));

    [Fact]
    public void The_reason_says_what_was_spent_and_what_is_left_off() => Assert.Equal(
        "US$ 106.50 of this month's US$ 100.00 spent (107 %): quiet VMs are screened each thirty minutes, and the past of new VMs is not read",
        ThriftRules.Decide(106.5m, 100).Reason);

    [Theory]
    [InlineData(Thrift.None, 3)]
    [InlineData(Thrift.QuietSlower, 6)]
    [InlineData(Thrift.QuietSlowest, 12)]
    public void A_quiet_VM_is_screened_once_in_its_ticks_and_young_and_hot_ones_at_each(Thrift level, int ticks)
    {
        var now = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        var quiet = new Vm("i-0123456789abcdef0", 1, 7, "o", null, "running", now.AddDays(-9), "t3.small", 2, null, null, null, now.AddDays(-9), null);
        var every = ThriftRules.QuietTicks(level);
        Assert.Equal(ticks, every);

        Assert.Equal(4, Enumerable.Range(1, 4 * ticks).Count(tick => Due(quiet, hot: false, tick)));
        Assert.Equal(4 * ticks, Enumerable.Range(1, 4 * ticks).Count(tick => Due(quiet, hot: true, tick)));
        Assert.Equal(4 * ticks, Enumerable.Range(1, 4 * ticks).Count(tick => Due(quiet with { LaunchTime = now }, hot: false, tick)));

        bool Due(Vm vm, bool hot, int tick) =>
            ScreenCadence.IsDue(vm, hot, now + ((tick - 1) * ScreenCadence.Tick), now + (tick * ScreenCadence.Tick), every);
    }
}
