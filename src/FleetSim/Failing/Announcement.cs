namespace Watchdog.FleetSim.Failing;

/// <summary>A scheduled event of a VM.</summary>
/// <param name="Code">EC2's code, e.g. <c>system-reboot</c>.</param>
/// <param name="Description">EC2's words; <c>[Completed]</c> in front once it is over.</param>
/// <param name="NotBefore">Earliest begin.</param>
/// <param name="NotAfter">Latest end; null where none is given, as of a retirement.</param>
public sealed record Announcement(string Code, string Description, DateTimeOffset NotBefore, DateTimeOffset? NotAfter);
