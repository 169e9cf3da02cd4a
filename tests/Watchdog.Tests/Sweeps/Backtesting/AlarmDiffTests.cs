using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Replaying;
using Watchdog.Sweeps.Backtesting;

namespace Watchdog.Tests.Sweeps.Backtesting;

public sealed class AlarmDiffTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Alarms_are_added_removed_moved_or_the_same()
    {
        var diff = AlarmDiff.Of(
            [At("i-1", 0), At("i-2", 0), At("i-3", 0), At("i-3", 600)],
            [At("i-1", 0), At("i-2", -25), At("i-3", 590), At("i-4", 5), At("i-1", 0, FindingClass.Runaway)]);
        Assert.Equal(1, diff.Same);
        Assert.Equal(["i-1", "i-4"], diff.Added.Select(alarm => alarm.InstanceId));
        Assert.Equal(FindingClass.Runaway, diff.Added[0].Class);
        Assert.Equal(("i-3", Noon), (Assert.Single(diff.Removed).InstanceId, diff.Removed[0].OpenedAt));
        Assert.Equal([("i-2", -25d), ("i-3", -10d)], diff.Moved.Select(moved => (moved.Current.InstanceId, moved.Minutes)));
    }

    [Fact]
    public void Nothing_changes_against_itself_whatever_the_order()
    {
        Alarm[] alarms = [At("i-2", 30), At("i-1", 0), At("i-1", 60)];
        var diff = AlarmDiff.Of(alarms, alarms.Reverse());
        Assert.Equal(3, diff.Same);
        Assert.Empty(diff.Added);
        Assert.Empty(diff.Removed);
        Assert.Empty(diff.Moved);
    }

    private static Alarm At(string id, double minutes, FindingClass @class = FindingClass.Miner) => new(id, @class, Noon.AddMinutes(minutes), null, 0.9, "why");
}
