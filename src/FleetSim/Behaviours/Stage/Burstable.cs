using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>CPU credits of the t-class. One credit is one vCPU at 100 % for a minute; the balance holds at most 24 h of earnings.</summary>
/// <param name="PerHour">Credits earned an hour.</param>
/// <param name="Baseline">CPUUtilization that earns as much as it spends, percent.</param>
/// <param name="Unlimited">T3's default: runs on over an empty balance, on surplus credits; T2's default is throttled to the baseline.</param>
internal sealed record Burstable(double PerHour, double Baseline, bool Unlimited)
{
    private static readonly Dictionary<string, Burstable> ByType = new(StringComparer.Ordinal)
    {
        ["t2.micro"] = new(6, 10, false), ["t2.small"] = new(12, 20, false), ["t2.medium"] = new(24, 20, false), ["t2.large"] = new(36, 30, false),
        ["t3.micro"] = new(12, 10, true), ["t3.small"] = new(24, 20, true), ["t3.medium"] = new(24, 20, true), ["t3.large"] = new(36, 30, true),
        ["t3.xlarge"] = new(96, 40, true), ["t3.2xlarge"] = new(192, 40, true),
    };

    public double Max => 24 * PerHour;

    /// <summary>Null where the type has no credits.</summary>
    public static Burstable? Of(SimulatedVm vm) => ByType.GetValueOrDefault(vm.InstanceType);

    /// <summary>Credits an hour that a level of CPU takes off the balance (negative where it earns).</summary>
    public double Drain(SimulatedVm vm, double level) => vm.Vcpus * 60 * level / 100 - PerHour;

    /// <summary>What the VM has saved up when nothing heavy ran lately.</summary>
    public double Saved(in Scene s)
    {
        double hours = Math.Max(0, (s.End - Scene.Seconds(s.Vm.LaunchTime)) / 3600);
        return Math.Min(Max, PerHour * hours) * (1 - 0.03 * Noise.Smooth(s.Seed, s.End / 7200, Channel.Credit));
    }

    /// <summary>Balance and surplus at the end of the stretch, after a spell of work that began with <paramref name="saved"/> credits.</summary>
    public (double Balance, double Surplus) After(in Scene s, in Spell work, double saved)
    {
        double ran = Math.Clamp(s.End, work.Start, work.End) - work.Start;
        double owed = s.End <= work.Start ? 0 : Math.Max(0, Drain(s.Vm, work.Level)) * ran / 3600;
        owed = Math.Min(owed, saved + (Unlimited ? Max : 0));
        owed = Math.Max(0, owed - PerHour * Math.Max(0, s.End - work.End) / 3600);
        return (Math.Clamp(saved - owed, 0, Max), Unlimited ? Math.Clamp(owed - saved, 0, Max) : 0);
    }
}
