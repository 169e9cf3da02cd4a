using System.Globalization;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Watchdog.Telemetry;

namespace Watchdog.Aws;

/// <summary>One row of one batch: what one query asks for and where its answer goes.</summary>
internal readonly record struct MetricRow(MetricBatch Batch, int Row);

/// <summary>Writes GetMetricData's queries. A query's id is its position in the call: <c>q17</c>.</summary>
internal static class MetricQueries
{
    public static GetMetricDataRequest Of(MetricRow[] rows, MetricSpan span) => new()
    {
        StartTime = span.Start.UtcDateTime,
        EndTime = span.End.UtcDateTime,
        ScanBy = ScanBy.TimestampDescending,
        MetricDataQueries = [.. rows.Select((row, position) => QueryOf(row, position, span.PeriodSeconds))],
    };

    /// <summary>The position that an id names; -1 when it names none of the call's.</summary>
    public static int PositionOf(string? id, int count) =>
        id is ['q', ..] && int.TryParse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < count
            ? position : -1;

    private static MetricDataQuery QueryOf(MetricRow row, int position, int periodSeconds) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"q{position}"),
        ReturnData = true,
        MetricStat = new()
        {
            Metric = new()
            {
                Namespace = "AWS/EC2",
                MetricName = row.Batch.Metric.ToString(),
                Dimensions = [new() { Name = "InstanceId", Value = row.Batch.InstanceIds[row.Row] }],
            },
            Period = periodSeconds,
            Stat = row.Batch.Metric.IsLevel() ? "Average" : "Sum",
        },
    };
}
