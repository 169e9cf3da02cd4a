using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>A stretch of work that lasts over many periods: [Start, End) in seconds since 1970.</summary>
/// <param name="Start">Its first second.</param>
/// <param name="End">The second after its last.</param>
/// <param name="Level">How much of the machine it takes, percent of all vCPUs.</param>
internal readonly record struct Spell(double Start, double End, double Level)
{
    /// <summary>No spell.</summary>
    public static readonly Spell None = new(double.PositiveInfinity, double.PositiveInfinity, 0);

    public bool Holds(double instant) => instant >= Start && instant < End;

    /// <summary>Not of this boot: what ran before a restart is gone.</summary>
    public Spell In(in Scene s) => Start >= s.Ready ? this : None;

    /// <summary>Cut to what of it can have run since the boot: a session comes back after a restart, a job does not.</summary>
    public Spell Resumed(in Scene s) => s.Ready >= End ? None : this with { Start = Math.Max(Start, s.Ready) };
}

/// <summary>
/// How often and how long a behaviour's spells are. Time is cut into blocks, each VM with a phase of its own; a block holds at most
/// one spell, which lies wholly within it, so that one or two hashes tell what runs at any instant.
/// </summary>
internal sealed record Timetable(double BlockHours, double Chance, double MinHours, double MaxHours, double MinLevel, double MaxLevel)
{
    private double Block => BlockHours * 3600;

    /// <summary>The spell of the block that the instant lies in, begun or not.</summary>
    public Spell At(SimulatedVm vm, double instant) => Nth(vm, BlockOf(vm, instant));

    /// <summary>The last spell that began at or before the instant, looking one block back.</summary>
    public Spell Latest(SimulatedVm vm, double instant)
    {
        long n = BlockOf(vm, instant);
        Spell spell = Nth(vm, n);
        return spell.Start <= instant ? spell : Nth(vm, n - 1);
    }

    private double Phase(SimulatedVm vm) => Math.Floor(Noise.Unit(vm.Seed, 0, Channel.Block) * Block / Scene.Period) * Scene.Period;

    private long BlockOf(SimulatedVm vm, double instant) => (long)Math.Floor((instant - Phase(vm)) / Block);

    private Spell Nth(SimulatedVm vm, long n)
    {
        if (Noise.Unit(vm.Seed, n, Channel.Day) >= Chance) return Spell.None;
        double length = 3600 * Noise.Between(vm.Seed, n, Channel.Length, MinHours, MaxHours);
        double start = Phase(vm) + n * Block + Math.Floor((Block - length) * Noise.Unit(vm.Seed, n, Channel.Begin));
        return new(start, start + length, Noise.Between(vm.Seed, n, Channel.Level, MinLevel, MaxLevel));
    }
}
