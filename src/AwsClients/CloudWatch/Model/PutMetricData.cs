using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.CloudWatch.Model;

/// <summary>Points to publish.</summary>
public partial class PutMetricDataRequest : AmazonCloudWatchRequest
{
    /// <summary>At most 1000.</summary>
    public List<MetricDatum>? MetricData { get; set; } = Collections.Initial<List<MetricDatum>>();

    /// <summary>Not one that begins with <c>AWS/</c>.</summary>
    public string? Namespace { get; set; }
}

/// <summary>The points were taken.</summary>
public partial class PutMetricDataResponse : AmazonWebServiceResponse;

/// <summary>A point, or a set of them, of one metric.</summary>
public partial class MetricDatum
{
    /// <summary>How often each of Values occurred.</summary>
    public List<double>? Counts { get; set; } = Collections.Initial<List<double>>();

    public List<Dimension>? Dimensions { get; set; } = Collections.Initial<List<Dimension>>();

    public string? MetricName { get; set; }

    /// <summary>Excludes Value and Values.</summary>
    public StatisticSet? StatisticValues { get; set; }

    /// <summary>Seconds: 1 or 60.</summary>
    public int? StorageResolution { get; set; }

    /// <summary>UTC; null for the moment of arrival.</summary>
    public DateTime? Timestamp { get; set; }

    public StandardUnit? Unit { get; set; }

    public double? Value { get; set; }

    /// <summary>At most 150.</summary>
    public List<double>? Values { get; set; } = Collections.Initial<List<double>>();
}

/// <summary>Points summed up beforehand.</summary>
public partial class StatisticSet
{
    public double? Maximum { get; set; }

    public double? Minimum { get; set; }

    public double? SampleCount { get; set; }

    public double? Sum { get; set; }
}
