namespace Watchdog.Slo.Alarms;

/// <summary>A burn rate or a step of one group, as it was judged last: a row of <c>slo_alarm</c>.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Firing">Whether it fires.</param>
/// <param name="Frozen">Whether it could not be told, and stayed what it was.</param>
/// <param name="Since">The minute at which it began to fire, or to be quiet.</param>
/// <param name="Baseline">A step's: VMs that were bad before it, while it fires.</param>
/// <param name="Reason">The numbers, in a sentence.</param>
/// <param name="At">The minute up to which it was judged.</param>
public sealed record SloAlarm(AlarmKey Key, bool Firing, bool Frozen, int Since, double Baseline, string Reason, int At);

/// <summary>Which alarm.</summary>
/// <param name="Slo">The objective's name.</param>
/// <param name="Group">The group's name in <c>slo_key</c>.</param>
/// <param name="Rung">The burn rate as configured, or <see cref="Step"/>.</param>
public readonly record struct AlarmKey(string Slo, string Group, string Rung)
{
    /// <summary>The rung of the step detector.</summary>
    public const string Step = "step";

    /// <summary>Whether it is the step detector's.</summary>
    public bool IsStep => Rung == Step;
}
