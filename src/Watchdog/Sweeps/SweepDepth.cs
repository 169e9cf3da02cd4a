namespace Watchdog.Sweeps;

/// <summary>How much of the fleet a sweep asks about.</summary>
public enum SweepDepth
{
    /// <summary>Only what is due in this minute; nothing waits: a command that was sent is read by a later sweep.</summary>
    Cadence,
    /// <summary>Every VM screened, every suspect looked at; waits, within bounds, for the answers of commands that it sent.</summary>
    Everything,
}
