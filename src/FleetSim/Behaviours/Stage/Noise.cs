namespace Watchdog.FleetSim.Behaviours;

/// <summary>Chance without state: every draw is a hash of (seed, index, channel), so any instant can be asked for in any order.</summary>
internal static class Noise
{
    /// <summary>splitmix64's finaliser: a bijection whose output bits all depend on all input bits.</summary>
    public static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }

    public static ulong Bits(ulong seed, long index, Channel channel) =>
        Mix(seed ^ Mix(unchecked((ulong)index * 0xD1B54A32D192ED03UL + (ulong)channel * 0x8CB92BA72F3D8DD7UL)));

    /// <summary>Uniform in [0, 1).</summary>
    public static double Unit(ulong seed, long index, Channel channel) => (Bits(seed, index, channel) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public static double Between(ulong seed, long index, Channel channel, double low, double high) =>
        low + (high - low) * Unit(seed, index, channel);

    /// <summary>Triangular in (-1, 1), mean 0: the sum of two uniform halves of one draw.</summary>
    public static double Spread(ulong seed, long index, Channel channel)
    {
        ulong bits = Bits(seed, index, channel);
        return ((bits >> 32) + (bits & 0xFFFFFFFFUL)) / 4294967296.0 - 1.0;
    }

    /// <summary>Continuous in <paramref name="x"/>, within [0, 1): uniform values at the integers, eased between them.</summary>
    public static double Smooth(ulong seed, double x, Channel channel)
    {
        double floor = Math.Floor(x), t = x - floor;
        double a = Unit(seed, (long)floor, channel), b = Unit(seed, (long)floor + 1, channel);
        return a + (b - a) * t * t * (3 - 2 * t);
    }

    /// <summary>Log-uniform in [low, high): for sizes that range over decades.</summary>
    public static double Decades(ulong seed, long index, Channel channel, double low, double high) =>
        low * Math.Exp(Unit(seed, index, channel) * Math.Log(high / low));

    /// <summary>One of the items.</summary>
    public static T Pick<T>(ulong seed, long index, Channel channel, ReadOnlySpan<T> items) =>
        items[(int)(Bits(seed, index, channel) % (ulong)items.Length)];
}

/// <summary>Keeps draws for different purposes independent of each other.</summary>
internal enum Channel
{
    Cpu, NetIn, NetOut, Reads, Writes, Wander, Zone, Workday, Day, Block, Begin, Length, Level, Trait, Pid, Peer, Agent, Status,
    Console, Credit, Child, Burst, Size, Boot, Idle, Identity, Type, Image, Owner, Plan, Launch, Kind, Onset, Shuffle, Under, Rate,
}
