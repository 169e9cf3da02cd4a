using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Tests.Behaviours;

public sealed class PowerTests
{
    [Fact]
    public void Office_hours_stop_and_start_in_turns_and_spare_the_weekend()
    {
        foreach (SimulatedVm vm in Stage.Of("benign/office-hours"))
        {
            OwnerAction[] actions = [.. vm.Behaviour.OwnerActions(vm).Take(40)];
            Assert.True(actions[0].At > vm.LaunchTime);
            for (int n = 1; n < actions.Length; n++)
            {
                Assert.True(actions[n].At > actions[n - 1].At);
                Assert.NotEqual(actions[n].Action == PowerAction.Start, actions[n - 1].Action == PowerAction.Start);
            }

            Assert.InRange((actions[^1].At - actions[0].At).TotalDays, 24, 30);
        }
    }

    [Fact]
    public void Reboots_come_every_day_or_two()
    {
        foreach (SimulatedVm vm in Stage.Of("benign/reboots"))
        {
            OwnerAction[] actions = [.. vm.Behaviour.OwnerActions(vm).Take(20)];
            Assert.All(actions, a => Assert.Equal(PowerAction.Reboot, a.Action));
            Assert.All(actions.Zip(actions.Skip(1)), p => Assert.InRange((p.Second.At - p.First.At).TotalHours, 11.9, 50.1));
        }
    }

    [Fact]
    public void A_short_life_begins_around_the_epoch_and_ends_once()
    {
        SimulatedVm[] vms = [.. Stage.Fleet.Where(v => v.Behaviour.Kind == "benign/short-lived")];
        Assert.NotEmpty(vms);
        foreach (SimulatedVm vm in vms)
        {
            Assert.InRange((vm.LaunchTime - Stage.Options.Epoch).TotalHours, -0.51, 0.01);
            OwnerAction end = vm.Behaviour.OwnerActions(vm).Single();
            Assert.InRange((end.At - vm.LaunchTime).TotalHours, 0.99, 4.01);
            Assert.Contains(end.Action, new[] { PowerAction.Terminate, PowerAction.SpotReclaim, PowerAction.Retire });
        }
    }

    [Fact]
    public void Nobody_else_touches_the_power() =>
        Assert.All(Stage.Fleet.Where(v => v.Onset != DateTimeOffset.MaxValue || v.Behaviour.Label == "idle"), v => Assert.Empty(v.Behaviour.OwnerActions(v)));
}
