using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Diagnostics.Instruments;
using Watchdog.Inventory;

namespace Watchdog.Telemetry.Streaming;

/// <summary>
/// Answers the screen from what a metric stream delivered, and polls exactly the VMs and metrics of which a point is missing that should have come.
/// Longer windows, other periods and other metrics are polled as ever. What was polled is kept beside what was streamed, so that a hole (a VM that
/// did not run, a delivery that was lost) is paid for once.
/// </summary>
public sealed class StreamedMetricSource(
    IMetricSource polled, WindowTable table, StreamSilence silence, IOptions<TelemetryOptions> options, Clocks clocks,
    ILogger<StreamedMetricSource> log) : IMetricSource
{
    private readonly IReadOnlyList<Metric> carried = options.Value.Stream.Carried();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricBatch>> ReadAsync(
        Scope scope, IReadOnlyList<string> instanceIds, IReadOnlyList<Metric> metrics,
        DateTimeOffset start, DateTimeOffset end, int periodSeconds, CancellationToken ct)
    {
        var span = new MetricSpan(start, end, periodSeconds);
        var now = clocks.Fleet.GetUtcNow();
        if (instanceIds.Count == 0 || !metrics.Any(carried.Contains) || !IsHeld(span, now))
        {
            return await polled.ReadAsync(scope, instanceIds, metrics, start, end, periodSeconds, ct);
        }

        await silence.LookAsync(scope, ct);
        var batches = new MetricBatch[metrics.Count];
        try
        {
            Metric[] others = [.. metrics.Where(metric => !carried.Contains(metric))];
            var read = others.Length == 0 ? [] : await polled.ReadAsync(scope, instanceIds, others, start, end, periodSeconds, ct);
            for (var i = 0; i < metrics.Count; i++)
            {
                batches[i] = Array.IndexOf(others, metrics[i]) is >= 0 and var at
                    ? read[at]
                    : await StreamedAsync(scope, new MetricBatch(instanceIds, metrics[i], start, periodSeconds, span.Points), span, now, ct);
            }

            return batches;
        }
        catch
        {
            Array.ForEach(batches, batch => batch?.Dispose());
            throw;
        }
    }

    // A ring reaches back four hours; what lies at its end may have been overwritten already.
    private static bool IsHeld(MetricSpan span, DateTimeOffset now) =>
        span.PeriodSeconds == Windows.Period && PointRing.PeriodOf(now) - PointRing.PeriodOf(span.Start) < PointRing.Slots - 2;

    private async Task<MetricBatch> StreamedAsync(Scope scope, MetricBatch batch, MetricSpan span, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            var delay = TimeSpan.FromMinutes(options.Value.Stream.PublicationMinutes);
            var complete = await table.ReadAsync(batch, PointRing.PeriodOf(now - delay), ct);
            List<int> missing = [];
            for (var row = 0; row < complete.Length; row++)
            {
                batch.Answered[row] = complete[row];
                if (!complete[row])
                {
                    missing.Add(row);
                }
            }

            if (missing.Count > 0)
            {
                await PollAsync(scope, batch, missing, span, PointRing.PeriodOf(now - (2 * delay)), ct);
            }

            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    private async Task PollAsync(Scope scope, MetricBatch batch, List<int> missing, MetricSpan span, int settled, CancellationToken ct)
    {
        string[] ids = [.. missing.Select(row => batch.InstanceIds[row])];
        StreamMeters.Polled(ids.Length);
        var answers = await polled.ReadAsync(scope, ids, [batch.Metric], span.Start, span.End, span.PeriodSeconds, ct);
        using var answer = answers[0];
        List<StreamedWindow> keep = new(ids.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            var row = batch.Row(missing[i]);
            Take(row, answer.Row(i));
            batch.Answered[missing[i]] = answer.Answered[i];
            if (answer.Answered[i])
            {
                keep.Add(new(scope.Id, ids[i], batch.Metric, RingOf(answer.Row(i), PointRing.PeriodOf(span.Start), settled)));
            }
        }

        try
        {
            await table.MergeAsync(keep, arrived: null, ct);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            // What was read stands; the same VMs are polled once more.
            Log.PolledNotKept(log, scope.Key, keep.Count, fault.Message);
        }
    }

    // CloudWatch's own answer goes before the stream's; where it has none yet, what was streamed stands.
    private static void Take(Span<float> row, ReadOnlySpan<float> answer)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = float.IsNaN(answer[i]) ? row[i] : answer[i];
        }
    }

    // That CloudWatch has no point is believed of a period that is past twice the delay: a point may be published late.
    private static byte[] RingOf(ReadOnlySpan<float> row, int first, int settled)
    {
        var ring = new byte[PointRing.Size];
        for (var i = 0; i < row.Length; i++)
        {
            if (!float.IsNaN(row[i]))
            {
                PointRing.Put(ring, first + i, row[i], samples: 1, PointRing.Whole);
            }
            else if (first + i < settled)
            {
                PointRing.Put(ring, first + i, 0, samples: 0, PointRing.Whole);
            }
        }

        return ring;
    }
}
