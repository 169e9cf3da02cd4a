using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.State;

/// <summary>A VM's power at an instant: from its record of changes, or from its launch when there is none.</summary>
internal static class PowerViews
{
    /// <summary>How long a terminated instance stays listed.</summary>
    public static readonly TimeSpan TerminatedShown = TimeSpan.FromHours(1);

    /// <summary>The state at the instant; null before the launch.</summary>
    public static Power? PowerAt(this RegionState region, int index, DateTimeOffset at)
    {
        if (region.Changed(index) is { } changed)
            return changed.Power.TryAt(at, out var power) ? power : null;
        var vm = region.Vms[index];
        if (at < vm.LaunchTime)
            return null;
        return new Power(at < vm.LaunchTime + VmShape.BootTime(vm) ? PowerState.Pending : PowerState.Running, null, vm.LaunchTime);
    }

    /// <summary>The state at the instant; null when a description would not list it: not launched, or terminated for an hour.</summary>
    public static Power? ListedPowerAt(this RegionState region, int index, DateTimeOffset at)
    {
        var power = region.PowerAt(index, at);
        return power is { State: PowerState.Terminated } gone && at >= gone.AskedAt + TerminatedShown ? null : power;
    }

    /// <summary>Since when it has been running, reboots counted; null when it does not run at the instant.</summary>
    public static DateTimeOffset? RunningSince(this RegionState region, int index, DateTimeOffset at)
    {
        if (region.Changed(index) is not { } changed)
        {
            var vm = region.Vms[index];
            var since = vm.LaunchTime + VmShape.BootTime(vm);
            return at >= since ? since : null;
        }

        var entries = changed.Power.Entries;
        for (var i = entries.Length - 1; i >= 0; i--)
        {
            if (entries[i].At <= at)
                return entries[i].Value.State == PowerState.Running ? entries[i].At : null;
        }

        return null;
    }

    /// <summary>EC2's LaunchTime: of the last launch or start asked for until the instant.</summary>
    public static DateTimeOffset LaunchTime(this RegionState region, int index, DateTimeOffset at) => Starts(region, index, at).Last;

    /// <summary>How often it was started after its launch.</summary>
    public static int StartCount(this RegionState region, int index, DateTimeOffset at) => Starts(region, index, at).Count;

    /// <summary>The instant as behaviours see it; null when the VM does not run then.</summary>
    public static VmMoment? MomentAt(this RegionState region, int index, DateTimeOffset at) =>
        region.RunningSince(index, at) is { } since
            ? new VmMoment(region.Vms[index], at, since, region.FlowsCut(index, at)) { Restraint = region.RestraintAt(index, at) }
            : null;

    /// <summary>Whether it ran all through [from, to); a reboot within counts as running.</summary>
    public static bool RanThrough(this RegionState region, int index, DateTimeOffset from, DateTimeOffset to)
    {
        if (region.Changed(index) is not { } changed)
            return region.RunningSince(index, from) is not null;
        if (!changed.Power.TryAt(from, out var power) || power.State != PowerState.Running)
            return false;
        foreach (var (at, value) in changed.Power.Entries)
        {
            if (at > from && at < to && value.State != PowerState.Running)
                return false;
        }

        return true;
    }

    private static (DateTimeOffset Last, int Count) Starts(RegionState region, int index, DateTimeOffset at)
    {
        var last = region.Vms[index].LaunchTime;
        var count = 0;
        if (region.Changed(index) is { } changed)
        {
            foreach (var (from, power) in changed.Power.Entries)
            {
                if (from > last && from <= at && power.State == PowerState.Pending)
                    (last, count) = (from, count + 1);
            }
        }

        return (last, count);
    }
}
