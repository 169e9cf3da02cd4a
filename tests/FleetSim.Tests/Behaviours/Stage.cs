using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Tests.Behaviours;

/// <summary>A fleet with every kind many times over, and the moments at which the tests look at it.</summary>
internal static class Stage
{
    public static readonly FleetPlanOptions Options = new() { Vms = 6_000, Seed = 7, AbuseShare = 0.1 };

    public static readonly IReadOnlyList<SimulatedVm> Fleet = FleetPlan.Generate(Options);

    public static IEnumerable<SimulatedVm> Of(string kind)
    {
        SimulatedVm[] vms = [.. Fleet.Where(v => v.Behaviour.Kind == kind && v.LaunchTime < Options.Epoch.AddHours(-1)).Take(40)];
        Assert.NotEmpty(vms);
        return vms;
    }

    /// <summary>The VM, up since its launch.</summary>
    public static VmMoment At(SimulatedVm vm, DateTimeOffset at, bool isolated = false) => new(vm, at, vm.LaunchTime, isolated);

    /// <summary>Seconds after the onset.</summary>
    public static VmMoment After(SimulatedVm vm, double seconds, bool isolated = false) => At(vm, vm.Onset.AddSeconds(seconds), isolated);

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>The loads of the twelve hours before the onset, or of the two days around the epoch where there is none.</summary>
    public static IEnumerable<Load> Usual(SimulatedVm vm)
    {
        bool abused = vm.Onset != DateTimeOffset.MaxValue;
        DateTimeOffset end = abused ? vm.Onset : Options.Epoch.AddHours(24);
        for (DateTimeOffset at = end.AddHours(abused ? -12 : -48); at <= end; at = at.AddSeconds(300))
            if (at >= vm.LaunchTime.AddSeconds(900)) yield return vm.Behaviour.LoadOf(At(vm, at));
    }

    /// <summary>The same VM without its onset: what it would have done.</summary>
    public static SimulatedVm Honest(SimulatedVm vm) => new()
    {
        InstanceId = vm.InstanceId, Index = vm.Index, Seed = vm.Seed, InstanceType = vm.InstanceType, Vcpus = vm.Vcpus, ImageId = vm.ImageId,
        Owner = vm.Owner, Plan = vm.Plan, AvailabilityZone = vm.AvailabilityZone, LaunchTime = vm.LaunchTime, Behaviour = vm.Behaviour,
    };
}
