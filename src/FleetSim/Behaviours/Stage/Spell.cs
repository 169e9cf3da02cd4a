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
