namespace Watchdog.Telemetry;

/// <summary>What holds of a metric whatever source it comes from.</summary>
public static class MetricFacts
{
    /// <summary>Whether the value is a level, of which a period has an Average; the others count, and a period has their Sum.</summary>
    public static bool IsLevel(this Metric metric) =>
        metric is Metric.CPUUtilization or Metric.CPUCreditBalance or Metric.CPUSurplusCreditBalance;

    /// <summary>Whether a point can be one: finite, not negative, and a percentage at most a little above 100, which is CloudWatch's rounding.</summary>
    public static bool IsSound(this Metric metric, double value) =>
        double.IsFinite(value) && value >= 0 && value <= (metric == Metric.CPUUtilization ? 100.5 : float.MaxValue);
}
