using Amazon.CloudWatch.Model;
using Watchdog.Telemetry;

namespace Watchdog.Aws;

/// <summary>
/// Places the pages of one GetMetricData answer on the grid, and judges at the end which rows were answered completely: those whose last
/// word was <c>Complete</c>. An empty complete series is an answer (CloudWatch has no points); a series that never came is none.
/// </summary>
internal sealed class MetricAnswer(MetricRow[] rows, MetricSpan span)
{
    private readonly bool[] _complete = new bool[rows.Length];
    private readonly bool[] _hasValues = new bool[rows.Length];

    /// <summary>Points that nobody can use: not a number, out of range, or off the grid.</summary>
    public int Rejected { get; private set; }

    /// <summary>CloudWatch's message on the call as a whole, bounded; null when it had none.</summary>
    public string? Message { get; private set; }

    /// <summary>Takes a page in.</summary>
    public void Add(GetMetricDataResponse page)
    {
        foreach (var message in page.Messages ?? [])
        {
            Message = $"{message.Code}: {message.Value}" is { Length: > 300 } text ? text[..300] : $"{message.Code}: {message.Value}";
        }

        foreach (var result in page.MetricDataResults ?? [])
        {
            if (MetricQueries.PositionOf(result.Id, rows.Length) is >= 0 and var position)
            {
                // PartialData: more of this series comes with the next page. InternalError, Forbidden: nothing of it counts as answered.
                _complete[position] = result.StatusCode?.Value == "Complete" && result.Messages is null or { Count: 0 };
                Place(position, result);
            }
        }
    }

    /// <summary>Ends an answer whose last page came.</summary>
    public void Finish()
    {
        for (var position = 0; position < rows.Length; position++)
        {
            // A message on the whole call may mean that series were left out: an empty one proves nothing then.
            var (batch, row) = rows[position];
            batch.Answered[row] = _complete[position] && (Message is null || _hasValues[position]);
        }
    }

    private void Place(int position, MetricDataResult result)
    {
        var (batch, row) = rows[position];
        var target = batch.Row(row);
        var count = Math.Min(result.Timestamps?.Count ?? 0, result.Values?.Count ?? 0);
        Rejected += Math.Abs((result.Timestamps?.Count ?? 0) - (result.Values?.Count ?? 0));
        for (var i = 0; i < count; i++)
        {
            var at = new DateTimeOffset(result.Timestamps![i].ToUniversalTime());
            if (PointOf(at) is >= 0 and var point && batch.Metric.IsSound(result.Values![i]))
            {
                target[point] = (float)result.Values[i];
                _hasValues[position] = true;
            }
            else
            {
                Rejected++;
            }
        }
    }

    private int PointOf(DateTimeOffset at)
    {
        var offset = (at - span.Start).Ticks;
        var period = span.PeriodSeconds * TimeSpan.TicksPerSecond;
        return offset >= 0 && at < span.End && offset % period == 0 ? (int)(offset / period) : -1;
    }
}
