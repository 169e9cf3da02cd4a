using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Watchdog.Aws;

/// <summary>How AWS is called. Section <c>Aws</c>.</summary>
public sealed class AwsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Aws";

    /// <summary>Longest wait for one answer, seconds of wall time, 1 to 300; default 30. Too short, and large pages fail under load.</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Retries of a failed read, 0 to 10; default 4. Changes and SendCommand are never retried by the client: the journal does that.</summary>
    [Range(0, 10)]
    public int ReadRetries { get; set; } = 4;

    /// <summary>
    /// Part of each of AWS's rate buckets that Watchdog takes, per account and Region, 0.01 to 1; default 0.5. The rest is left to the
    /// provider's own control plane. All workers on one database share it: they lease their tokens there.
    /// </summary>
    [Range(0.01, 1)]
    public double RateShare { get; set; } = 0.5;

    /// <summary>GetMetricData calls under way at once, 1 to 64; default 8. More are faster until the rate budget holds them back.</summary>
    [Range(1, 64)]
    public int MetricParallelism { get; set; } = 8;

    /// <summary>
    /// US$ that AWS calls may cost in a calendar month, 0 to 1,000,000; default 0, which means no budget. Passing 80 % of it raises a
    /// warning. Once it is spent by the cluster, Watchdog leaves off in steps, at 100, 105 and 110 %: the past of new VMs, then every second and three of
    /// four screens of quiet VMs; never status checks, inventory, screens of young, hot or watched VMs, or acts.
    /// </summary>
    [Range(0, 1_000_000)]
    public decimal MonthlyBudgetUsd { get; set; }
}

/// <summary>Reports every wrong setting at once, before anything starts.</summary>
[OptionsValidator]
internal sealed partial class AwsOptionsValidator : IValidateOptions<AwsOptions>;
