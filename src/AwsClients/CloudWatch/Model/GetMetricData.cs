using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.CloudWatch.Model;

/// <summary>Which metrics, over which window.</summary>
public partial class GetMetricDataRequest : AmazonCloudWatchRequest
{
    /// <summary>Exclusive; UTC.</summary>
    public DateTime? EndTime { get; set; }

    /// <summary>1 to 100,800.</summary>
    public int? MaxDatapoints { get; set; }

    /// <summary>At most 500.</summary>
    public List<MetricDataQuery>? MetricDataQueries { get; set; } = Collections.Initial<List<MetricDataQuery>>();

    public string? NextToken { get; set; }

    public ScanBy? ScanBy { get; set; }

    /// <summary>Inclusive; UTC. Aligned to the period, or CloudWatch rounds it.</summary>
    public DateTime? StartTime { get; set; }
}

/// <summary>One metric, or an expression over others.</summary>
public partial class MetricDataQuery
{
    public string? AccountId { get; set; }

    /// <summary>Excludes MetricStat.</summary>
    public string? Expression { get; set; }

    /// <summary>Lower-case letter first, then letters, digits, underscores; names the result.</summary>
    public string? Id { get; set; }

    public string? Label { get; set; }

    public MetricStat? MetricStat { get; set; }

    /// <summary>Seconds; of an expression.</summary>
    public int? Period { get; set; }

    /// <summary>False for a query that only feeds expressions.</summary>
    public bool? ReturnData { get; set; }
}

/// <summary>A statistic of a metric.</summary>
public partial class MetricStat
{
    public Metric? Metric { get; set; }

    /// <summary>Seconds, a multiple of 60.</summary>
    public int? Period { get; set; }

    /// <summary>For example <c>Average</c> or <c>p95</c>.</summary>
    public string? Stat { get; set; }

    public StandardUnit? Unit { get; set; }
}

/// <summary>One page of points. Check StatusCode and Messages before believing an absence.</summary>
public partial class GetMetricDataResponse : AmazonWebServiceResponse
{
    /// <summary>About the whole call.</summary>
    public List<MessageData>? Messages { get; set; } = Collections.Initial<List<MessageData>>();

    /// <summary>One metric's points may be spread over pages.</summary>
    public List<MetricDataResult>? MetricDataResults { get; set; } = Collections.Initial<List<MetricDataResult>>();

    /// <summary>Null on the last page.</summary>
    public string? NextToken { get; set; }
}

/// <summary>The points of one query. A metric that does not exist is an empty result, not an error.</summary>
public partial class MetricDataResult
{
    public string? Id { get; set; }

    public string? Label { get; set; }

    public List<MessageData>? Messages { get; set; } = Collections.Initial<List<MessageData>>();

    /// <summary>PartialData: more on the next page. InternalError, Forbidden: the absence means nothing.</summary>
    public StatusCode? StatusCode { get; set; }

    /// <summary>UTC, the starts of periods, in parallel with Values.</summary>
    public List<DateTime>? Timestamps { get; set; } = Collections.Initial<List<DateTime>>();

    public List<double>? Values { get; set; } = Collections.Initial<List<double>>();
}
