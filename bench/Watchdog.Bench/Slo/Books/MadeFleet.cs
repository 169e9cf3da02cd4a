namespace Watchdog.Bench.Slo.Books;

/// <summary>Which VMs a made-up fleet has, and what groups they are in. The same number gives the same fleet.</summary>
/// <param name="Vms">How many.</param>
internal sealed record MadeFleet(int Vms)
{
    public const int Regions = 12;
    public const int Types = 60;
    public const int Plans = 5;

    /// <summary>Two owners of three have one VM, the others two.</summary>
    public int Owners { get; } = Math.Max(1, Vms * 2 / 3);

    /// <summary>The VM's groups; some VMs are given to another owner on the third day.</summary>
    /// <param name="vm">1 for the first.</param>
    /// <param name="day">Days since the fleet's beginning.</param>
    public MadeGroup GroupOf(int vm, int day)
    {
        var draw = Draw.Of(vm, -1);
        var given = vm % 50 == 0 && day >= 2 ? 7 : 0;
        // The Regions are of one size, as the goal of a blind one wants; types and plans are not.
        return new(vm % Regions, (vm + given) % Owners, Types - 1 - (int)Math.Sqrt(draw.Next(Types * Types)), Plans - 1 - (int)Math.Sqrt(draw.Next(Plans * Plans)));
    }
}

/// <summary>One combination of groups, each by its number from 0 on.</summary>
internal readonly record struct MadeGroup(int Region, int Owner, int Type, int Plan);

/// <summary>Draws that depend on nothing but what they are for (splitmix64).</summary>
internal struct Draw
{
    private ulong _state;

    public static Draw Of(int vm, int day) => new() { _state = ((ulong)(uint)vm << 32 | (uint)day) * 0x9E3779B97F4A7C15 };

    /// <summary>0 to <paramref name="below"/> - 1.</summary>
    public int Next(int below)
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)below);
    }
}
