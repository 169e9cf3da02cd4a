namespace Watchdog.FleetSim.Behaviours;

/// <summary>Mean rates over a stretch.</summary>
/// <param name="Cpu">Percent of all vCPUs.</param>
/// <param name="In">Bytes a second received.</param>
/// <param name="Out">Bytes a second sent.</param>
/// <param name="Reads">Disk reads a second.</param>
/// <param name="Writes">Disk writes a second.</param>
internal readonly record struct Demand(double Cpu, double In, double Out, double Reads, double Writes)
{
    public static Demand operator +(in Demand a, in Demand b) =>
        new(a.Cpu + b.Cpu, a.In + b.In, a.Out + b.Out, a.Reads + b.Reads, a.Writes + b.Writes);

    public static Demand operator *(in Demand a, double share) =>
        new(a.Cpu * share, a.In * share, a.Out * share, a.Reads * share, a.Writes * share);

    /// <summary>Each rate shaken by up to <paramref name="amount"/> of itself, by the period's own draws.</summary>
    public Demand Shaken(in Scene s, double amount) => new(
        Cpu * (1 + amount * Noise.Spread(s.Seed, s.Tick, Channel.Cpu)),
        In * (1 + amount * Noise.Spread(s.Seed, s.Tick, Channel.NetIn)),
        Out * (1 + amount * Noise.Spread(s.Seed, s.Tick, Channel.NetOut)),
        Reads * (1 + amount * Noise.Spread(s.Seed, s.Tick, Channel.Reads)),
        Writes * (1 + amount * Noise.Spread(s.Seed, s.Tick, Channel.Writes)));
}
