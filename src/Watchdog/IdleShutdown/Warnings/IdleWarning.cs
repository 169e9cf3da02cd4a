using static System.FormattableString;

namespace Watchdog.IdleShutdown.Warnings;

/// <summary>A row of <c>idle_warning</c>: an owner was, or is being, told that a VM will be stopped.</summary>
/// <param name="ActId">The stop that it warns of.</param>
/// <param name="Code">Which text: <see cref="MessageCodes.Idle"/> or <see cref="MessageCodes.Schedule"/>.</param>
/// <param name="Deadline">Not stopped before, fleet time.</param>
/// <param name="Lead">Between being told and the stop.</param>
/// <param name="Waits">Whether the stop waits until somebody was told.</param>
/// <param name="ByReceiver">Whether the control plane is to be told; false: the guest's own message counts.</param>
/// <param name="ToldAt">When whoever counts had it; null: not yet.</param>
/// <param name="GuestAct">The act that tells the guest; null while none could be recorded.</param>
public sealed record IdleWarning(
    long Id, long ActId, string InstanceId, short Scope, string Owner, string Code, DateTimeOffset WarnedAt, DateTimeOffset Deadline, TimeSpan Lead, bool Waits,
    bool ByReceiver, DateTimeOffset? ToldAt, long? GuestAct)
{
    /// <summary>What holds the stop meanwhile, in a sentence without a number that changes.</summary>
    public string Holds => Invariant($"its owner is warned: not before {Deadline.UtcDateTime:yyyy-MM-dd HH:mm'Z'}")
        + (Waits ? Invariant($", and not before {Lead.TotalMinutes:0} min have passed since {(ByReceiver ? "the control plane" : "the guest")} was told") : "");
}
