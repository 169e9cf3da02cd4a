using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.CloudWatch;

/// <summary>
/// GetMetricStatistics in any protocol: one metric a call, as older tools ask. Points are not in the order of time, which CloudWatch does not promise either.
/// </summary>
internal static class GetMetricStatistics
{
    public static void Answer(Call call, PooledBuffer output)
    {
        var request = call.Protocol switch
        {
            Protocol.Json => StatisticsReading.OfJson(call.Body),
            Protocol.Cbor => StatisticsReading.OfCbor(call.Body),
            _ => StatisticsReading.OfForm(call.Fields),
        };
        request.Validate();
        var answer = Compute(call, request);
        switch (call.Protocol)
        {
            case Protocol.Json:
                StatisticsWriting.Json(output, answer);
                break;
            case Protocol.Cbor:
                StatisticsWriting.Cbor(output, answer);
                break;
            default:
                StatisticsWriting.Query(output, answer, call.RequestId);
                break;
        }
    }

    private static StatisticsAnswer Compute(Call call, StatisticsRequest request)
    {
        var unit = Metrics.UnitOf(request.Query.MetricName);
        if (request.Unit is { } asked && asked != unit)
            return new(request.Query.MetricName, unit, [], []);
        var series = new Series(call.Region, call.Faults.Faults, call.Now);
        long[] times = [];
        List<(string Name, double[] Values)> statistics = [];
        foreach (var stat in request.Statistics.Distinct(StringComparer.Ordinal))
        {
            request.Query.Stat = stat;
            series.Compute(request.Query, request.Start!.Value, request.End!.Value, ascending: true);
            times = Turned(series.Times);
            statistics.Add((stat, Turned(series.Values)));
        }

        return new(request.Query.MetricName, unit, times, statistics);
    }

    // The later half first: whoever takes the points for sorted is wrong at once.
    private static T[] Turned<T>(ReadOnlySpan<T> points) => [.. points[(points.Length / 2)..], .. points[..(points.Length / 2)]];
}

/// <summary>What there is to answer.</summary>
/// <param name="Label">The metric's name.</param>
/// <param name="Unit">CloudWatch's name of its unit.</param>
/// <param name="Times">Start of each point's period, seconds since 1970.</param>
/// <param name="Statistics">Each statistic with its values, in the order of the times.</param>
internal sealed record StatisticsAnswer(string Label, string Unit, long[] Times, IReadOnlyList<(string Name, double[] Values)> Statistics);
