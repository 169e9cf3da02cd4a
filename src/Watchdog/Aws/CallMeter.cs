using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Diagnostics.Instruments;
using Watchdog.Telemetry.Spending;

namespace Watchdog.Aws;

/// <summary>What the process asked of AWS since it started.</summary>
/// <param name="Calls">Attempts by action, retries included, e.g. <c>ec2:DescribeInstances</c>.</param>
/// <param name="Metrics">Metrics requested from GetMetricData.</param>
/// <param name="PointsRejected">Datapoints that CloudWatch gave and nobody can use: not a number, out of range, off the grid.</param>
/// <param name="Usd">What it costs, US$ at us-east-1's list price.</param>
/// <param name="MonthUsd">Of that, in the current calendar month (UTC, fleet time).</param>
/// <param name="BudgetUsd">The monthly budget; 0 for none.</param>
/// <param name="Warning">The month's cost is at 80 % of the budget or more.</param>
public sealed record CallSnapshot(
    IReadOnlyDictionary<string, long> Calls, long Metrics, long PointsRejected, decimal Usd, decimal MonthUsd, decimal BudgetUsd, bool Warning);

/// <summary>
/// Counts every attempt of every AWS call, and prices them: GetMetricData is the only one that costs money, US$ 0.01 per 1,000 metrics
/// requested (CloudWatch's price list, us-east-1; points and retries of the network do not count apart).
/// </summary>
public sealed class CallMeter(IOptions<AwsOptions> options, Clocks clocks) : IBill
{
    /// <summary>US$ for one metric requested from GetMetricData.</summary>
    public const decimal UsdPerMetric = 0.01m / 1000;
    private const decimal WarnAt = 0.8m;
    private readonly ConcurrentDictionary<string, long> _calls = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long _metrics;
    private long _rejected;
    private (int Year, int Month) _month;
    private long _beforeMonth;

    IReadOnlyDictionary<string, decimal> IBill.Usd
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, decimal> { ["GetMetricData"] = _metrics * UsdPerMetric };
            }
        }
    }

    decimal IBill.BudgetUsd => options.Value.MonthlyBudgetUsd;

    /// <summary>Counts one attempt.</summary>
    internal void Count(CallCost cost)
    {
        _calls.AddOrUpdate(cost.Action, 1, static (_, count) => count + 1);
        if (cost.Metrics > 0)
        {
            CloudMeters.Billed(cost.Action, cost.Metrics * UsdPerMetric);
            lock (_gate)
            {
                Turn();
                _metrics += cost.Metrics;
            }
        }
    }

    /// <summary>Counts datapoints that were not usable.</summary>
    internal void CountRejected(int points) => Interlocked.Add(ref _rejected, points);

    /// <summary>The counts as they are now.</summary>
    public CallSnapshot Snapshot()
    {
        lock (_gate)
        {
            Turn();
            var month = (_metrics - _beforeMonth) * UsdPerMetric;
            var budget = options.Value.MonthlyBudgetUsd;
            return new(new SortedDictionary<string, long>(_calls, StringComparer.Ordinal), _metrics, Interlocked.Read(ref _rejected),
                _metrics * UsdPerMetric, month, budget, budget > 0 && month >= budget * WarnAt);
        }
    }

    // A new calendar month begins at nothing.
    private void Turn()
    {
        var now = clocks.Fleet.GetUtcNow();
        if (_month != (now.Year, now.Month))
        {
            _month = (now.Year, now.Month);
            _beforeMonth = _metrics;
        }
    }
}
