namespace Watchdog.Policy;

/// <summary>
/// How many acts may begin in a trailing span, in the whole cluster. What exceeds a cap stays proposed and is admitted once there is room.
/// Raising one raises what a wrong rule can do before a person sees it.
/// </summary>
public sealed class CapOptions
{
    /// <summary>Acts in five minutes. 0 to 10,000, default 20.</summary>
    public int PerFiveMinutes { get; set; } = 20;

    /// <summary>Acts in an hour. 0 to 100,000, default 100.</summary>
    public int PerHour { get; set; } = 100;

    /// <summary>Acts on VMs of one owner in an hour. 0 to 10,000, default 5.</summary>
    public int PerOwnerAndHour { get; set; } = 5;

    /// <summary>Acts in a day, percent of the VMs that exist. 0 to 100, default 0.5; at least one act unless it is 0.</summary>
    public double FleetPercentPerDay { get; set; } = 0.5;

    /// <summary>Acts in a day for a fleet of a size.</summary>
    public int PerDay(long fleet) => FleetPercentPerDay <= 0 ? 0 : (int)Math.Max(1, Math.Floor(fleet * FleetPercentPerDay / 100));
}
