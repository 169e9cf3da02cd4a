using System.Collections.Frozen;

namespace Watchdog.FleetSim.State;

/// <summary>What follows from a type's family.</summary>
internal static class InstanceTypes
{
    /// <summary>Families on Xen (EC2 User Guide, "Instances built on the Nitro System" lists the others).</summary>
    private static readonly FrozenSet<string> Xen = new[]
    {
        "t1", "t2", "m1", "m2", "m3", "m4", "c1", "c3", "c4", "r3", "r4", "x1", "x1e", "i2", "i3", "d2", "h1", "g2", "g3", "g3s", "p2", "p3", "f1", "cc2", "cr1", "hs1",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Nitro types publish EBS metrics of the instance and let the console be read at once.</summary>
    public static bool IsNitro(string type) => !Xen.Contains(type[..Math.Max(0, type.IndexOf('.', StringComparison.Ordinal))]);
}
