using Watchdog.FleetSim.State;

namespace Watchdog.FleetSim.Ssm;

/// <summary>A command as sent. What became of it on a VM is computed from the VM's behaviour whenever it is asked for.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Document">The document's name.</param>
/// <param name="Targets">Exactly the VMs that were named.</param>
/// <param name="SentAt">Fleet time.</param>
/// <param name="Timeout">How long it waits for an agent: TimeoutSeconds.</param>
/// <param name="Comment">The caller's.</param>
/// <param name="Restraining">What the restraining document is to do; null for another document.</param>
/// <param name="Notifying">What the notifying document is to say; null for another document.</param>
internal sealed record Command(
    string Id, string Document, int[] Targets, DateTimeOffset SentAt, TimeSpan Timeout, string Comment, Restraining? Restraining = null, Notifying? Notifying = null)
{
    private long _cancelledAt = long.MaxValue;

    /// <summary>When CancelCommand was called; <see cref="DateTimeOffset.MaxValue"/> otherwise.</summary>
    public DateTimeOffset CancelledAt => Volatile.Read(ref _cancelledAt) is var ticks && ticks == long.MaxValue
        ? DateTimeOffset.MaxValue
        : new DateTimeOffset(ticks, TimeSpan.Zero);

    public void Cancel(DateTimeOffset at) => Interlocked.CompareExchange(ref _cancelledAt, at.UtcTicks, long.MaxValue);
}

/// <summary>A command on one VM at an instant.</summary>
/// <param name="Status">AWS's CommandInvocationStatus.</param>
/// <param name="Details">AWS's StatusDetails.</param>
/// <param name="StartedAt">When the agent took it; null before.</param>
/// <param name="EndedAt">When it was over; null before.</param>
internal readonly record struct Invocation(string Status, string Details, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    private static readonly TimeSpan Delivery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WhoIsThere = TimeSpan.FromSeconds(1);

    public bool Succeeded => Status == "Success";

    /// <summary>When the VM's agent takes the command, as things are going now; null when it never does.</summary>
    public static DateTimeOffset? TakenAt(RegionState region, Command command, int index)
    {
        for (var attempt = command.SentAt + Delivery; attempt < command.SentAt + command.Timeout; attempt += Retry)
        {
            if (AgentPings.Answers(region, index, attempt))
                return attempt;
        }

        return null;
    }

    public static Invocation At(RegionState region, Command command, int index, DateTimeOffset at)
    {
        var vm = region.Vms[index];
        var runs = Mix.Between(vm.Seed, (ulong)command.SentAt.UtcTicks, region.Options.CommandRunTime / 2, region.Options.CommandRunTime);
        var deadline = command.SentAt + command.Timeout;
        DateTimeOffset? taken = null;
        for (var attempt = command.SentAt + Delivery; attempt <= at && attempt < deadline && attempt < command.CancelledAt; attempt += Retry)
        {
            if (AgentPings.Answers(region, index, attempt))
            {
                taken = attempt;
                break;
            }

            if (region.PowerAt(index, attempt) is null or { State: PowerState.Terminated })
                return new Invocation("Failed", "Undeliverable", null, attempt);
        }

        if (taken is not { } started)
        {
            if (command.CancelledAt <= at && command.CancelledAt < deadline)
                return new Invocation("Cancelled", "Cancelled", null, command.CancelledAt);
            return at >= deadline
                ? new Invocation("TimedOut", "DeliveryTimedOut", null, deadline)
                : new Invocation("Pending", "Pending", null, null);
        }

        var ended = started + runs;
        if (command.CancelledAt > started && command.CancelledAt < ended && command.CancelledAt <= at)
            return new Invocation("Cancelled", "Cancelled", started, command.CancelledAt);
        return at < ended
            ? new Invocation("InProgress", "InProgress", started, null)
            : new Invocation("Success", "Success", started, ended);
    }

    /// <summary>What the document printed; empty before its end.</summary>
    public string Output(RegionState region, Command command, int index)
    {
        if (!Succeeded || EndedAt is not { } ended || region.MomentAt(index, StartedAt!.Value) is not { } moment)
            return "";
        if (command.Restraining is { } restraining)
            return restraining.Output(region, index, StartedAt.Value);
        if (command.Notifying is { } notifying)
            return notifying.Output();
        var seen = moment.Vm.Behaviour.GuestOf(moment);
        // The script looks at processes first, and last at who is there.
        if (region.MomentAt(index, ended - WhoIsThere) is { } late && late.Vm.Behaviour.GuestOf(late) is var then)
            seen = seen with { Connections = then.Connections, Sessions = then.Sessions };
        return InspectionText.Of(seen, ended);
    }
}
