using System.Text.Json;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Alarms;

/// <summary>An alarm that began to fire or ceased to: what is appended to the event log, and only then.</summary>
/// <param name="Alarm">As it is now.</param>
/// <param name="Dimension">What the objective is promised for: <c>region</c>, <c>fleet</c> ...; null where it is configured no more.</param>
/// <param name="Target">What is promised; null with it.</param>
/// <param name="BadVms">VMs of the group that were bad in the last five minutes, on the mean.</param>
/// <param name="Vms">VMs that should have been there, on the mean.</param>
public sealed record AlarmChange(SloAlarm Alarm, string? Dimension, decimal? Target, double BadVms, double Vms)
{
    /// <summary><c>slo.burn.fired</c>, <c>slo.burn.resolved</c>, <c>slo.step.fired</c> or <c>slo.step.resolved</c>.</summary>
    public string Kind => $"slo.{(Alarm.Key.IsStep ? "step" : "burn")}.{(Alarm.Firing ? "fired" : "resolved")}";

    /// <summary>What it is about: <c>slo:region:eu-west-1</c>; the same for the rungs of one group.</summary>
    public string Subject => $"slo:{Alarm.Key.Slo}:{Alarm.Key.Group}";

    /// <summary>The event's data; its names are a contract with those who read the log.</summary>
    public string Json() => JsonSerializer.Serialize(new
    {
        slo = Alarm.Key.Slo,
        dimension = Dimension,
        group = Alarm.Key.Group,
        target = Target,
        rung = Alarm.Key.Rung,
        reason = Alarm.Reason,
        bad_vms = Math.Round(BadVms, 1),
        vms = Math.Round(Vms, 1),
        watermark = Minute.At(Alarm.At).UtcDateTime,
    });
}
