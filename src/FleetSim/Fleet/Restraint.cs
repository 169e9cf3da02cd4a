namespace Watchdog.FleetSim.Fleet;

/// <summary>What was done to a process inside a guest, by the restraining document.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Pid">The process.</param>
/// <param name="StartTicks">Its start, hundredths of a second since boot.</param>
/// <param name="CpuPercent">Its cap, percent of one core.</param>
/// <param name="Ended">Whether it was ended instead.</param>
public sealed record Restraint(DateTimeOffset Since, int Pid, long StartTicks, int CpuPercent, bool Ended);
