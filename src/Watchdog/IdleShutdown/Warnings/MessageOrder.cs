namespace Watchdog.IdleShutdown.Warnings;

/// <summary>What a guest is to be told, as its act bears it until its plan is made.</summary>
/// <param name="Code">One of <see cref="MessageCodes"/>.</param>
/// <param name="Deadline">When the VM is stopped at the earliest; of a message that calls a stop off, when the order was given.</param>
/// <param name="Lead">Between being told and the stop.</param>
/// <param name="Waits">Whether the stop waits until somebody was told.</param>
public sealed record MessageOrder(string Code, DateTimeOffset Deadline, TimeSpan Lead, bool Waits);
