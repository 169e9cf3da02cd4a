namespace Watchdog.IdleShutdown.Schedules;

/// <summary>What a schedule wants.</summary>
public enum Desired
{
    /// <summary>That the VM is stopped.</summary>
    Stopped,
    /// <summary>That it runs.</summary>
    Running,
}

/// <summary>A time of a schedule.</summary>
/// <param name="Wants">What it wants from then on.</param>
public readonly record struct Occurrence(Desired Wants, DateTimeOffset At);
