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
    public void The_same_seed_gives_the_same_week_and_tags_are_launched_with()
    {
        Assert.Equal(Fleet.Select(vm => (vm.InstanceId, vm.Behaviour.Kind)), WeekPlan.Generate(300, 1).Select(vm => (vm.InstanceId, vm.Behaviour.Kind)));
        Assert.Contains(Fleet, vm => vm.Tags.ContainsKey("watchdog:job"));
        Assert.Contains(Fleet, vm => vm.Tags.ContainsKey("watchdog:keep-until"));
        Assert.Equal(5, Fleet.Select(WeekPlan.ZoneOf).Distinct().Count());
    }
}
