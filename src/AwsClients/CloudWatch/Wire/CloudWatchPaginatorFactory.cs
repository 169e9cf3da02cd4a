using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.CloudWatch.Wire;

internal sealed class CloudWatchPaginatorFactory(IAmazonCloudWatch client) : ICloudWatchPaginatorFactory
{
    public IGetMetricDataPaginator GetMetricData(GetMetricDataRequest request) => new GetMetricDataPages(client, request);

    private sealed class GetMetricDataPages(IAmazonCloudWatch client, GetMetricDataRequest request)
        : PageWalk<GetMetricDataResponse>(async (token, cancel) =>
        {
            request.NextToken = token ?? request.NextToken;
            var page = await client.GetMetricDataAsync(request, cancel).ConfigureAwait(false);
            return (page, page.NextToken);
        }), IGetMetricDataPaginator
    {
        public IPaginatedEnumerable<MetricDataResult> MetricDataResults => Items(page => page.MetricDataResults);
    }
}
