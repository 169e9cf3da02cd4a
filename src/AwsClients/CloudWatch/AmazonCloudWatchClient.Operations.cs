using Amazon.CloudWatch.Model;
using Amazon.CloudWatch.Wire;
using Amazon.Runtime;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Amazon.CloudWatch;

public partial class AmazonCloudWatchClient
{
    /// <inheritdoc/>
    public ICloudWatchPaginatorFactory Paginators => field ??= new CloudWatchPaginatorFactory(this);

    /// <inheritdoc/>
    public virtual Task<GetMetricDataResponse> GetMetricDataAsync(GetMetricDataRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(CloudWatchOperations.GetMetricData, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<PutMetricDataResponse> PutMetricDataAsync(PutMetricDataRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(CloudWatchOperations.PutMetricData, request, cancellationToken);

    /// <inheritdoc/>
    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new(request));
}
