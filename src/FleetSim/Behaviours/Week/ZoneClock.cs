namespace Watchdog.FleetSim.Behaviours;

/// <summary>
/// The clock on a wall in one of five places, with the summer time that spring 2026 sees: written down here, so that what is tested against it reads no zone data of its own.
/// Instants are seconds since 1970.
/// </summary>
/// <param name="Name">IANA's name.</param>
/// <param name="Hours">Offset from UTC in winter.</param>
/// <param name="SummerFrom">When the clock is put an hour forward; +infinity where it never is.</param>
/// <param name="SummerTo">When it is put back.</param>
internal sealed record ZoneClock(string Name, double Hours, double SummerFrom, double SummerTo)
{
    public static readonly IReadOnlyList<ZoneClock> All =
    [
        Of("America/Los_Angeles", -8, new(2026, 3, 8, 10, 0, 0), new(2026, 11, 1, 9, 0, 0)), Of("Australia/Sydney", 10, new(2025, 10, 4, 16, 0, 0), new(2026, 4, 4, 16, 0, 0)),
        Of("Europe/London", 0, new(2026, 3, 29, 1, 0, 0), new(2026, 10, 25, 1, 0, 0)), Of("Europe/Berlin", 1, new(2026, 3, 29, 1, 0, 0), new(2026, 10, 25, 1, 0, 0)),
        new("Asia/Kolkata", 5.5, double.PositiveInfinity, double.PositiveInfinity),
    ];

    /// <summary>Seconds since 1970 on that clock.</summary>
    public double Local(double instant) => instant + OffsetAt(instant);

    /// <summary>The local day that holds the instant, counted from 1970.</summary>
    public long Day(double instant) => (long)Math.Floor(Local(instant) / 86_400);

    /// <summary>The instant at which the clock shows an hour of a day; hours that the change of clocks touches are not asked for.</summary>
    public double At(long day, double hour)
    {
        double local = (day * 86_400) + (hour * 3600), guess = local - (Hours * 3600);
        return local - OffsetAt(guess);
    }

    /// <summary>
    /// The instant at which the clock first shows an hour of a day, whatever was done to it: where it is put forward past the hour, the instant of that; where it shows
    /// the hour twice, the first time.
    /// </summary>
    public double First(long day, double hour)
    {
        double local = (day * 86_400) + (hour * 3600), summer = local - (3600 * (Hours + 1)), winter = local - (3600 * Hours);
        return IsSummer(summer) ? summer : IsSummer(winter) ? SummerFrom : winter;
    }

    /// <summary>Saturday or Sunday. 1 January 1970 was a Thursday.</summary>
    public static bool Weekend(long day) => ((day + 4) % 7 + 7) % 7 is 0 or 6;

    private double OffsetAt(double instant) => 3600 * (Hours + (IsSummer(instant) ? 1 : 0));

    private bool IsSummer(double instant) => instant >= SummerFrom && instant < SummerTo;

    private static ZoneClock Of(string name, double hours, DateTime from, DateTime to) =>
        new(name, hours, Scene.Seconds(new(from, TimeSpan.Zero)), Scene.Seconds(new(to, TimeSpan.Zero)));
}
