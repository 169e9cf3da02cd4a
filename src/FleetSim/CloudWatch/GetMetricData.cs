using System.Text;
using Watchdog.FleetSim.Throttling;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.CloudWatch;

/// <summary>GetMetricData in any protocol: series by series until the answer is full, the rest behind a token.</summary>
internal static class GetMetricData
{
    /// <summary>A token's number is query × this + the first point of it that is still to come.</summary>
    private const int PointsAQuery = 4_000_000;

    public static void Answer(Call call, MetricDataRequest request, IMetricDataWriter writer)
    {
        request.Validate();
        var (start, end) = (request.Start!.Value, request.End!.Value);
        var paging = Paging.Of(request.NextToken, 0, SealOf(request), static () => new AwsError(400, "InvalidNextToken", "The token is invalid."));
        if (request.NextToken is null)
        {
            var points = request.Queries.Sum(q => Math.Ceiling((end - start).TotalSeconds / Math.Max(q.Period, 60)));
            call.Buckets.Take(call, start >= call.Now.AddHours(-3) ? Buckets.RecentDatapoints : Buckets.OldDatapoints, points);
        }

        var series = new Series(call.Region, call.Faults.Faults, call.Now);
        var room = request.MaxDatapoints ?? MetricDataRequest.MaxPoints;
        var skip = paging.Start % PointsAQuery;
        for (var i = paging.Start / PointsAQuery; i < request.Queries.Count; i++)
        {
            var query = request.Queries[i];
            series.Compute(query, start, end, request.Ascending);
            var times = series.Times[Math.Min(skip, series.Times.Length)..];
            var values = series.Values[Math.Min(skip, series.Values.Length)..];
            if (times.Length > 0 && room == 0)
            {
                writer.End(paging.TokenAt((i * PointsAQuery) + skip));
                return;
            }

            var taken = Math.Min(room, times.Length);
            var partial = taken < times.Length;
            if (call.Faults.IsPartial(call.Number, i))
                Write(query, writer, times[..(taken / 2)], values[..(taken / 2)], "PartialData");
            else
                Write(query, writer, times[..taken], values[..taken], partial ? "PartialData" : "Complete");
            room -= taken;
            if (partial)
            {
                writer.End(paging.TokenAt((i * PointsAQuery) + skip + taken));
                return;
            }

            skip = 0;
        }

        writer.End(null);
    }

    private static void Write(MetricQuery query, IMetricDataWriter writer, ReadOnlySpan<long> times, ReadOnlySpan<double> values, string status)
    {
        if (query.ReturnData)
            writer.Series(query.Id, query.Label ?? query.MetricName, times, values, status);
    }

    private static string SealOf(MetricDataRequest request)
    {
        var text = new StringBuilder().Append(request.Start).Append(request.End).Append(request.Ascending).Append(request.MaxDatapoints);
        foreach (var query in request.Queries)
            text.Append(query.Id).Append(query.MetricName).Append(query.InstanceId);
        return text.ToString();
    }
}
