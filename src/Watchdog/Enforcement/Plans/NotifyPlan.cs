using Watchdog.Enforcement.Notifying;
using Watchdog.IdleShutdown.Warnings;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Enforcement.Plans;

/// <summary>Plans a message to whoever is logged in to a VM. Nothing of it needs undoing: another message takes its place, and a boot takes it away.</summary>
public static class NotifyPlan
{
    /// <summary>Makes the plan; pure.</summary>
    /// <param name="now">The VM as just read.</param>
    /// <param name="agent">What SSM says of the guest's agent now.</param>
    /// <param name="order">What is to be told.</param>
    public static Plan For(ListedVm now, AgentState agent, MessageOrder order, DateTimeOffset at, EnforcementOptions options)
    {
        var minutes = order.Code == MessageCodes.Cancelled ? 0 : WarningRules.MinutesLeft(order, at);
        if (Refusal(now, agent, minutes) is { } reason)
        {
            return Plan.Refuse($"{reason}.");
        }

        var message = new GuestMessage(order.Code, Math.Min(minutes!.Value, GuestMessage.MostMinutes));
        return new Plan(
            $"tell whoever is logged in to {now.InstanceId}: {message.Words}",
            [
                new PlannedStep(StepKinds.Notify, now.InstanceId, "ssm:SendCommand", new Shape(Taken: false), new Shape(Message: message), null,
                    "the document says that it was told", options.SettleSeconds * options.MostCalls),
            ],
            [], null);
    }

    private static string? Refusal(ListedVm now, AgentState agent, int? minutes) => (now, agent, minutes) switch
    {
        ({ State: not VmStates.Running and var state }, _, _) => $"{now.InstanceId} is {state}: nobody is logged in",
        (_, not AgentState.Online, _) => $"its SSM agent does not answer ({agent}): nobody inside can be told",
        (_, _, null) => "its stop was due before anybody could be told",
        _ => null,
    };
}
