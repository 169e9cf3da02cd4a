using Microsoft.Extensions.Options;
using Watchdog.Inventory;
using Watchdog.Telemetry;
using Metric = Watchdog.Telemetry.Metric;

namespace Watchdog.Aws;

/// <summary>
/// Reads metrics by GetMetricData. Every (VM, metric) pair is one query; queries are packed 500 a call, fewer where the points of the span
/// would pass AWS's 100,800 a call. A call that fails loses its own VMs only.
/// </summary>
[RequiresPermission("cloudwatch:GetMetricData", Reach.Anything)]
internal sealed class CloudWatchMetricSource(
    ClientFactory clients, CallMeter meter, IOptions<AwsOptions> options, ILogger<CloudWatchMetricSource> log) : IMetricSource
{
    private const int MaxQueries = 500;
    private const int MaxPoints = 100_800;

    public async Task<IReadOnlyList<MetricBatch>> ReadAsync(
        Scope scope, IReadOnlyList<string> instanceIds, IReadOnlyList<Metric> metrics,
        DateTimeOffset start, DateTimeOffset end, int periodSeconds, CancellationToken ct)
    {
        var span = new MetricSpan(start, end, periodSeconds);
        ArgumentOutOfRangeException.ThrowIfNotEqual(start.ToUnixTimeSeconds() % periodSeconds, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(end.ToUnixTimeSeconds() % periodSeconds, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(span.Points, 1);
        MetricBatch[] batches = [.. metrics.Select(metric => new MetricBatch(instanceIds, metric, start, periodSeconds, span.Points))];
        var pairs = batches.SelectMany(batch => Enumerable.Range(0, instanceIds.Count).Select(row => new MetricRow(batch, row)));
        var calls = pairs.Chunk(Math.Clamp(MaxPoints / span.Points, 1, MaxQueries));
        var before = meter.Snapshot().Warning;
        try
        {
            await Parallel.ForEachAsync(
                calls, new ParallelOptions { MaxDegreeOfParallelism = options.Value.MetricParallelism, CancellationToken = ct },
                async (rows, cancel) => await CallAsync(scope, rows, span, cancel));
        }
        catch
        {
            Array.ForEach(batches, batch => batch.Dispose());
            throw;
        }

        if (!before && meter.Snapshot() is { Warning: true } spent)
        {
            Log.BudgetWarning(log, spent.MonthUsd, spent.BudgetUsd);
        }

        return batches;
    }

    private async Task CallAsync(Scope scope, MetricRow[] rows, MetricSpan span, CancellationToken ct)
    {
        var answer = new MetricAnswer(rows, span);
        var request = MetricQueries.Of(rows, span);
        try
        {
            do
            {
                var page = await clients.Of(scope).CloudWatch.GetMetricDataAsync(request, ct);
                answer.Add(page);
                if (request.NextToken == page.NextToken && page.NextToken is not null)
                {
                    throw new InvalidDataException("CloudWatch answered with the token that it was asked with");
                }

                request.NextToken = string.IsNullOrEmpty(page.NextToken) ? null : page.NextToken;
            }
            while (request.NextToken is not null);
            answer.Finish();
        }
        catch (Exception fault) when ((AwsFault.IsAws(fault) || fault is InvalidDataException) && !ct.IsCancellationRequested)
        {
            var sorted = AwsFault.Of(fault);
            Log.MetricCallFailed(log, scope.Key, rows.Length, sorted.Code, sorted.Message);
        }

        meter.CountRejected(answer.Rejected);
        if (answer.Message is { } message)
        {
            Log.MetricMessage(log, scope.Key, message);
        }
    }
}
