namespace Watchdog.FleetSim.Fleet;

/// <summary>What the notifying document told whoever is logged in to a guest.</summary>
/// <param name="At">When.</param>
/// <param name="Code">Which of its fixed texts: <c>idle</c>, <c>schedule</c> or <c>cancelled</c>.</param>
/// <param name="Minutes">In how many minutes the VM is stopped, as it was told.</param>
public sealed record GuestNotice(DateTimeOffset At, string Code, int Minutes);
