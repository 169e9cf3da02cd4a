using FsCheck;
using FsCheck.Fluent;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Telemetry;

public class ScreenCadenceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_quiet_vm_is_due_once_in_three_ticks_and_a_third_of_the_fleet_at_each()
    {
        var vms = Enumerable.Range(0, 3_000).Select(number => Quiet($"i-{number:x17}")).ToList();
        var times = vms.ToDictionary(vm => vm.InstanceId, _ => 0);
        DateTimeOffset? last = Start;
        for (var minute = 1; minute <= 60; minute++)
        {
            var due = ScreenCadence.Due(vms, new HashSet<string>(), last, Start.AddMinutes(minute));
            foreach (var vm in due)
            {
                times[vm.InstanceId]++;
            }

            last = Start.AddMinutes(minute);
        }

        Assert.All(times.Values, count => Assert.Equal(4, count));
        var atOneTick = ScreenCadence.Due(vms, new HashSet<string>(), Start, Start.AddMinutes(5));
        Assert.InRange(atOneTick.Count, 900, 1_100);
    }

    [Fact]
    public void However_the_sweeps_fall_a_quiet_vm_waits_less_than_four_ticks_and_a_hot_one_less_than_two()
    {
        var arbitrary = Arb.From(from gaps in Gen.ListOf(Gen.Choose(5, 600)) from id in Gen.Choose(0, 1_000_000) select (Gaps: gaps, Id: id));
        Prop.ForAll(arbitrary, draw =>
        {
            var vm = Quiet($"i-{draw.Id:x17}");
            var (now, seen, seenHot) = (Start, Start, Start);
            foreach (var gap in draw.Gaps)
            {
                var (before, at) = (now, now.AddSeconds(gap));
                now = at;
                seen = ScreenCadence.IsDue(vm, false, before, at) ? at : seen;
                seenHot = ScreenCadence.IsDue(vm, true, before, at) ? at : seenHot;
                Assert.True(at - seen < TimeSpan.FromMinutes(20) || gap > 300, $"quiet waited {at - seen}");
                Assert.True(at - seenHot < TimeSpan.FromMinutes(10), $"hot waited {at - seenHot}");
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Young_and_lately_changed_and_hot_vms_are_due_at_every_tick()
    {
        var quiet = Enumerable.Range(0, 30).Select(number => Quiet($"i-{number:x17}"))
            .First(vm => !ScreenCadence.IsDue(vm, false, Start, Start.AddMinutes(5)));
        Assert.True(ScreenCadence.IsDue(quiet, true, Start, Start.AddMinutes(5)));
        Assert.True(ScreenCadence.IsDue(quiet with { LaunchTime = Start.AddHours(-23) }, false, Start, Start.AddMinutes(5)));
        Assert.True(ScreenCadence.IsDue(quiet with { StateSince = Start.AddMinutes(-50) }, false, Start, Start.AddMinutes(5)));
        Assert.False(ScreenCadence.IsDue(quiet with { LaunchTime = Start.AddHours(-25) }, false, Start, Start.AddMinutes(5)));
    }

    [Fact]
    public void Within_a_tick_nobody_is_due_twice()
    {
        var vm = Quiet("i-00000000000000001");
        var tick = ScreenCadence.TickOf(vm.Shard, Start);
        var sameTick = Start.AddSeconds(1);
        while (ScreenCadence.TickOf(vm.Shard, sameTick.AddSeconds(1)) == tick)
        {
            sameTick = sameTick.AddSeconds(1);
        }

        Assert.False(ScreenCadence.IsDue(vm, true, Start, sameTick));
        Assert.True(ScreenCadence.IsDue(vm, true, Start, sameTick.AddSeconds(1)));
    }

    [Fact]
    public void The_first_screen_ever_and_the_one_after_a_long_silence_are_of_everyone()
    {
        var vms = Enumerable.Range(0, 100).Select(number => Quiet($"i-{number:x17}")).ToList();
        Assert.Equal(100, ScreenCadence.Due(vms, new HashSet<string>(), null, Start).Count);
        Assert.Equal(100, ScreenCadence.Due(vms, new HashSet<string>(), Start.AddMinutes(-20), Start).Count);
    }

    [Fact]
    public void A_clock_that_jumped_back_makes_nobody_due() =>
        Assert.False(ScreenCadence.IsDue(Quiet("i-00000000000000001"), true, Start.AddHours(1), Start));

    [Fact]
    public void Shards_tick_at_seconds_of_their_own()
    {
        var boundaries = Enumerable.Range(0, Shard.Count).Select(shard =>
            Enumerable.Range(0, 300).First(second => ScreenCadence.TickOf((short)shard, Start.AddSeconds(second + 1)) != ScreenCadence.TickOf((short)shard, Start.AddSeconds(second))));
        Assert.Equal(Shard.Count, boundaries.Distinct().Count());
    }

    private static Vm Quiet(string id) => new(id, 1, Shard.Of(id), "ann", null, "running", Start.AddDays(-30), "m5.large", 2, null, null, null, Start.AddDays(-30), null);
}
