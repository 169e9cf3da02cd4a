using System.Diagnostics.Metrics;

namespace Watchdog.Diagnostics.Instruments;

/// <summary>What is asked of AWS, and what it costs.</summary>
public static class CloudMeters
{
    private static readonly Counter<long> Requests = Meters.Meter.CreateCounter<long>(
        "watchdog.aws.requests", null, "Attempts of AWS calls, retries included, by service, operation and outcome (ok, throttled, denied, gone, wrong_state, failed, no_answer).");
    private static readonly Histogram<double> Duration = Meters.Meter.CreateHistogram<double>(
        "watchdog.aws.request.duration", "s", "Time that an attempt of an AWS call took, without its wait for the rate budget, by service and operation.",
        advice: new() { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
    private static readonly Histogram<double> Wait = Meters.Meter.CreateHistogram<double>(
        "watchdog.aws.rate_wait.duration", "s", "Time that an attempt waited for its share of AWS's rate, by service.",
        advice: new() { HistogramBucketBoundaries = [0.001, 0.01, 0.1, 0.5, 1, 5, 15, 60] });
    private static readonly Counter<double> Cost = Meters.Meter.CreateCounter<double>(
        "watchdog.aws.cost", "USD", "What AWS calls cost, at us-east-1's list price, by operation.");

    /// <summary>An attempt ended.</summary>
    /// <param name="action">IAM's name, e.g. <c>ec2:DescribeInstances</c>.</param>
    public static void Called(string action, string outcome, TimeSpan took)
    {
        var (service, operation) = Parts(action);
        Requests.Add(1, service, operation, new("outcome", outcome));
        Duration.Record(took.TotalSeconds, service, operation);
    }

    /// <summary>An attempt got its share of AWS's rate.</summary>
    public static void Waited(string action, TimeSpan waited) => Wait.Record(waited.TotalSeconds, Parts(action).Service);

    /// <summary>A billed call was made.</summary>
    public static void Billed(string action, decimal usd) => Cost.Add((double)usd, Parts(action).Operation);

    private static (KeyValuePair<string, object?> Service, KeyValuePair<string, object?> Operation) Parts(string action)
    {
        var colon = action.IndexOf(':', StringComparison.Ordinal);
        return (new("service", action[..Math.Max(0, colon)]), new("operation", action[(colon + 1)..]));
    }
}
