using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>The clock on the wall of a VM's owner.</summary>
internal static class LocalTime
{
    private const double DaySeconds = 86400;
    private static readonly double[] Offsets = [-8, -7, -5, -3, 0, 0, 1, 1, 2, 3, 5.5, 8, 9];

    /// <summary>Seconds since 1970 on the owner's clock.</summary>
    public static double Of(SimulatedVm vm, double instant) =>
        instant + 3600 * Noise.Pick<double>(vm.Seed, 0, Channel.Zone, Offsets);

    public static double Hour(SimulatedVm vm, double instant)
    {
        double local = Of(vm, instant);
        return (local - Math.Floor(local / DaySeconds) * DaySeconds) / 3600;
    }

    /// <summary>0.1 at the dead of night, 1 in the early afternoon; half as much at a weekend.</summary>
    public static double Daylight(SimulatedVm vm, double instant)
    {
        double wave = 0.55 - 0.45 * Math.Cos((Hour(vm, instant) - 3) / 24 * 2 * Math.PI);
        return Weekend(vm, instant) ? wave / 2 : wave;
    }

    /// <summary>The stretch of the owner's day in which he sits at it, from hour to hour drawn within the given ranges; or none.</summary>
    public static Spell Session(SimulatedVm vm, double instant, double fromHour, double toHour)
    {
        long day = Day(vm, instant);
        double chance = Weekend(day) ? 0.15 : 0.85;
        if (Noise.Unit(vm.Seed, day, Channel.Workday) >= chance) return Spell.None;
        double midnight = Midnight(vm, instant);
        double start = midnight + 3600 * (fromHour + 3 * Noise.Unit(vm.Seed, day, Channel.Begin));
        double end = midnight + 3600 * (toHour + 3 * Noise.Unit(vm.Seed, day, Channel.Length));
        return new(start, end, 0);
    }

    /// <summary>The instant at which the owner's day began.</summary>
    public static double Midnight(SimulatedVm vm, double instant) => Day(vm, instant) * DaySeconds - (Of(vm, instant) - instant);

    /// <summary>Whether the owner's day is a Saturday or a Sunday.</summary>
    public static bool Weekend(SimulatedVm vm, double instant) => Weekend(Day(vm, instant));

    private static long Day(SimulatedVm vm, double instant) => (long)Math.Floor(Of(vm, instant) / DaySeconds);

    // 1 January 1970 was a Thursday.
    private static bool Weekend(long day) => ((day + 4) % 7 + 7) % 7 is 0 or 6;
}
