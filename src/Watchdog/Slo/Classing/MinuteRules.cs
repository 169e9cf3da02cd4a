namespace Watchdog.Slo.Classing;

/// <summary>The definition's free choices.</summary>
/// <param name="BootGrace">How long a VM may be pending or initializing; default 10 min.</param>
/// <param name="RulingDue">How long a containment may go without a ruling before its minutes are bad; default 72 h.</param>
/// <param name="BlindAfter">A scope unseen for longer is unknown; default 2 min, two intervals of the listings.</param>
/// <param name="MaintenanceExcluded">Whether announced maintenance is excluded; default false: it is bad.</param>
/// <param name="SpotExcluded">Whether a spot VM that AWS took back is excluded; default true.</param>
public sealed record MinuteRules(
    TimeSpan BootGrace, TimeSpan RulingDue, TimeSpan BlindAfter, bool MaintenanceExcluded, bool SpotExcluded)
{
    /// <summary>The defaults.</summary>
    public static MinuteRules Default { get; } = new(TimeSpan.FromMinutes(10), TimeSpan.FromHours(72), TimeSpan.FromMinutes(2), false, true);
}
