using Amazon.Runtime;

namespace Amazon.CloudWatch.Model;

/// <summary>Makes paginators; each walks through its answers once.</summary>
public partial interface ICloudWatchPaginatorFactory
{
    /// <summary>Pages of GetMetricData.</summary>
    IGetMetricDataPaginator GetMetricData(GetMetricDataRequest request);
}

/// <summary>The pages of a GetMetricData call, or their items.</summary>
public partial interface IGetMetricDataPaginator : IPaginator<GetMetricDataResponse>
{
    /// <summary>Whole answers.</summary>
    IPaginatedEnumerable<GetMetricDataResponse> Responses { get; }

    /// <summary>The items of all answers.</summary>
    IPaginatedEnumerable<MetricDataResult> MetricDataResults { get; }
}
