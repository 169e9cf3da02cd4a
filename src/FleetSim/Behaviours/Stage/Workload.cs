namespace Watchdog.FleetSim.Behaviours;

/// <summary>An honest life: the operating system's own hum, and what the VM is used for.</summary>
internal abstract class Workload : Scripted
{
    /// <inheritdoc/>
    public override string Label => "benign";

    /// <summary>How much of the CPU's use goes on when the network is cut: 0 (all of it answers somebody) to 1.</summary>
    protected virtual double CpuWithoutNetwork => 1;

    /// <summary>What the VM is used for.</summary>
    protected abstract Demand UseOf(in Scene s);

    internal sealed override Demand DemandOf(in Scene s)
    {
        Demand use = UseOf(s);
        if (s.Isolated) use = use with { Cpu = use.Cpu * CpuWithoutNetwork };
        return use + HumOf(s);
    }

    // An unused VM: CPU up to 1 %, 2 to 10 kB a period each way, a few writes of the journal.
    private static Demand HumOf(in Scene s)
    {
        double level = Noise.Unit(s.Seed, 1, Channel.Idle), bytes = 5 + 15 * Noise.Unit(s.Seed, 2, Channel.Idle);
        return new Demand(0.1 + 0.7 * level, bytes * 1.2, bytes, 0, 0.015 + 0.15 * level).Shaken(s, 0.5);
    }
}
