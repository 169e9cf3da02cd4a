using System.Globalization;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.CloudWatch;

/// <summary>GetMetricStatistics as asked, whatever the protocol: one metric, several statistics of it.</summary>
internal sealed class StatisticsRequest
{
    private const int MaxPoints = 1_440;

    /// <summary>The metric and its period; the statistics are apart.</summary>
    public MetricQuery Query { get; } = new();

    public DateTimeOffset? Start { get; set; }
    public DateTimeOffset? End { get; set; }
    public string? Unit { get; set; }
    public List<string> Statistics { get; } = [];

    /// <summary>Whether percentiles are asked for, which this Region does not compute.</summary>
    public bool Extended { get; set; }

    /// <summary>Throws CloudWatch's error for what it would not take.</summary>
    public void Validate()
    {
        Need(Query.Namespace.Length > 0, "Namespace");
        Need(Query.MetricName.Length > 0, "MetricName");
        Need(Start is not null, "StartTime");
        Need(End is not null, "EndTime");
        Need(Query.Period != 0, "Period");
        if (Start >= End)
            throw MetricDataRequest.Invalid("The parameter StartTime must be less than the parameter EndTime.");
        if (Query.Period is not (1 or 5 or 10 or 30) && (Query.Period < 0 || Query.Period % 60 != 0))
            throw AwsError.InvalidParameter($"The parameter Period must be 1, 5, 10, 30 or a multiple of 60, not {Query.Period}.");
        if (Extended)
            throw MetricDataRequest.Invalid("Extended statistics are not part of this simulated Region.");
        if (Statistics.Count == 0)
            throw AwsError.Combination("Must specify either Statistics or ExtendedStatistics");
        if (Statistics.Find(stat => stat is not ("Average" or "Sum" or "Minimum" or "Maximum" or "SampleCount")) is { } unknown)
            throw MetricDataRequest.Invalid($"The statistic '{unknown}' is not known.");
        var points = Math.Ceiling((End - Start)!.Value.TotalSeconds / Query.Period);
        if (points > MaxPoints)
        {
            throw AwsError.Combination(string.Create(CultureInfo.InvariantCulture,
                $"You have requested up to {points:N0} datapoints, which exceeds the limit of {MaxPoints:N0}. You may reduce the datapoints requested by increasing Period, or decreasing the time range."));
        }
    }

    private static void Need(bool given, string name)
    {
        if (!given)
            throw new AwsError(400, "MissingParameter", $"The parameter {name} is required.");
    }
}
