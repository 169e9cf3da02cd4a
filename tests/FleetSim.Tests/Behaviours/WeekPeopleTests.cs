using Watchdog.FleetSim.Behaviours;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Tests.Behaviours;

/// <summary>People over a week: their days go by their own clocks.</summary>
public sealed class WeekPeopleTests
{
    private static readonly IReadOnlyList<SimulatedVm> Fleet = WeekPlan.Generate(300, 1);

    [Fact]
    public void The_clocks_are_the_zone_databases()
    {
        foreach (var clock in ZoneClock.All)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(clock.Name);
            for (var at = WeekPlan.Epoch.AddDays(-20); at < WeekPlan.Epoch.AddDays(10); at = at.AddMinutes(30))
                Assert.Equal(zone.GetUtcOffset(at).TotalSeconds, clock.Local(Scene.Seconds(at)) - Scene.Seconds(at));
            // Nine in the morning is nine on the wall, before the change and after it.
            for (var day = clock.Day(Scene.Seconds(WeekPlan.Epoch)); day < clock.Day(Scene.Seconds(WeekPlan.Epoch)) + 8; day++)
                Assert.Equal(9 * 3600, clock.Local(clock.At(day, 9)) - (day * 86_400.0), 3);
        }
    }

    [Fact]
    public void An_hour_comes_once_a_day_on_the_days_of_the_changes_too()
    {
        // Berlin skips half past two and goes on at three; Sydney shows it twice, first in summer time.
        Assert.Equal(new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), First("Europe/Berlin", new(2026, 3, 29)));
        Assert.Equal(new(2026, 3, 30, 0, 30, 0, TimeSpan.Zero), First("Europe/Berlin", new(2026, 3, 30)));
        Assert.Equal(new(2026, 4, 4, 15, 30, 0, TimeSpan.Zero), First("Australia/Sydney", new(2026, 4, 5)));
        Assert.Equal(new(2026, 4, 5, 16, 30, 0, TimeSpan.Zero), First("Australia/Sydney", new(2026, 4, 6)));
        foreach (var vm in Fleet.Take(50))
            Assert.Equal(7, WeekPlan.TimesOf(vm, 2.5, workdays: false, WeekPlan.Epoch, WeekPlan.Epoch.AddDays(7)).Count());

        static DateTimeOffset First(string zone, DateOnly day) =>
            Scene.Instant(ZoneClock.All.Single(clock => clock.Name == zone).First(day.DayNumber - new DateOnly(1970, 1, 1).DayNumber, 2.5));
    }

    [Fact]
    public void The_same_seed_gives_the_same_week_and_tags_are_launched_with()
    {
        Assert.Equal(Fleet.Select(vm => (vm.InstanceId, vm.Behaviour.Kind)), WeekPlan.Generate(300, 1).Select(vm => (vm.InstanceId, vm.Behaviour.Kind)));
        Assert.Contains(Fleet, vm => vm.Tags.ContainsKey("watchdog:job"));
        Assert.Contains(Fleet, vm => vm.Tags.ContainsKey("watchdog:keep-until"));
        Assert.All(Fleet.Where(vm => vm.Tags.ContainsKey(WeekPlan.OfficeTag)), vm => Assert.Equal(WeekPlan.ZoneOf(vm), vm.Tags[WeekPlan.OfficeTag]));
        Assert.Equal(5, Fleet.Select(WeekPlan.ZoneOf).Distinct().Count());
    }
}
