namespace Watchdog.FleetSim.State;

/// <summary>Deterministic numbers from seeds: the same Region for the same seed on every machine.</summary>
internal static class Mix
{
    /// <summary>SplitMix64's finalizer over both words: well spread, no state.</summary>
    public static ulong Of(ulong seed, ulong salt)
    {
        var z = seed + (0x9E3779B97F4A7C15UL * (salt + 1));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A number in [0, 1).</summary>
    public static double Unit(ulong seed, ulong salt) => (Of(seed, salt) >> 11) * (1.0 / (1UL << 53));

    /// <summary>An instant's length in [low, high).</summary>
    public static TimeSpan Between(ulong seed, ulong salt, TimeSpan low, TimeSpan high) => low + ((high - low) * Unit(seed, salt));
}
