using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>When a behaviour works.</summary>
internal abstract record Calendar
{
    /// <summary>The spell next to the instant: the one that holds it where there is one.</summary>
    public abstract Spell At(SimulatedVm vm, double instant);

    /// <summary>The last spell that began at or before the instant, as far back as one block or day; or none.</summary>
    public abstract Spell Latest(SimulatedVm vm, double instant);
}

/// <summary>
/// How often and how long a behaviour's spells are. Time is cut into blocks, each VM with a phase of its own; a block holds at most
/// one spell, which lies wholly within it, so that one or two hashes tell what runs at any instant.
/// </summary>
internal sealed record Timetable(double BlockHours, double Chance, double MinHours, double MaxHours, double MinLevel, double MaxLevel) : Calendar
{
    private double Block => BlockHours * 3600;

    public override Spell At(SimulatedVm vm, double instant) => Nth(vm, BlockOf(vm, instant));

    public override Spell Latest(SimulatedVm vm, double instant)
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

/// <summary>One spell a day that begins in the given local hours; it must end before the owner's midnight.</summary>
internal sealed record Daily(double FromHour, double ToHour, double MinHours, double MaxHours, double MinLevel, double MaxLevel) : Calendar
{
    public override Spell At(SimulatedVm vm, double instant)
    {
        double midnight = LocalTime.Midnight(vm, instant);
        long day = (long)Math.Floor(midnight / 3600);
        double start = midnight + 3600 * Noise.Between(vm.Seed, day, Channel.Begin, FromHour, ToHour);
        double length = 3600 * Noise.Between(vm.Seed, day, Channel.Length, MinHours, MaxHours);
        return new(start, start + length, Noise.Between(vm.Seed, day, Channel.Level, MinLevel, MaxLevel));
    }

    public override Spell Latest(SimulatedVm vm, double instant)
    {
        Spell today = At(vm, instant);
        return today.Start <= instant ? today : At(vm, instant - 86_400);
    }
}
