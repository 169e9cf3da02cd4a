using Watchdog.FleetSim.Behaviours;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Tests.Behaviours;

/// <summary>People over a week: what a guest shows and what its metrics show are of the same days, and those go by the people's own clocks.</summary>
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
    public void Who_is_logged_in_makes_load_and_a_silent_batch_and_an_open_connection_make_none_that_a_metric_shows()
    {
        var (loud, quiet) = (0, 0);
        foreach (var vm in Fleet)
        {
            for (var n = 0; n < 168; n++)
            {
                var at = new VmMoment(vm, WeekPlan.Epoch.AddHours(n), vm.LaunchTime, Isolated: false);
                var (guest, load) = (vm.Behaviour.GuestOf(at), vm.Behaviour.LoadOf(at));
                if (guest.TopProcesses.Any(process => process.Comm is "python3" or "postgres") && guest.Sessions.Count == 0)
                {
                    quiet++;
                    Assert.True(load.Cpu < 5 && load.NetworkIn + load.NetworkOut < 3_000 * 300);
                }
                else if (guest.TopProcesses.Any(process => process.Comm == "node"))
                {
                    loud++;
                    Assert.True(guest.Sessions.Count > 0 && guest.Connections.Any(connection => !connection.Outbound));
                }
                // Nobody at the period's beginning either: he who has just left has left his load in it.
                else if (vm.Behaviour.GuestOf(at with { At = at.At.AddMinutes(-5) }) is { Sessions.Count: 0 } before && !before.TopProcesses.Concat(guest.TopProcesses).Any(process => process.Comm == "python"))
                {
                    Assert.True(load.Cpu < 5 , $"{vm.Behaviour.Kind} at {at.At}: {load.Cpu}");
                }
            }
        }

        Assert.True(loud > 1_000 && quiet > 300, $"{loud} hours of work, {quiet} silent ones");
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
