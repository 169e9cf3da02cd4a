using Amazon.CloudWatch.Wire;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Wire;

namespace Amazon.CloudWatch;

/// <content>Where the client meets Core's pipeline. Both overrides run before the constructor's body: Core's base builds the pipeline.</content>
public partial class AmazonCloudWatchClient
{
    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata => CloudWatchOperations.Service;

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => SigningHandler.Install(pipeline);

    private Task<TResponse> CallAsync<TRequest, TResponse>(Operation<TRequest, TResponse> operation, TRequest request, CancellationToken cancel)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => InvokeAsync<TResponse>(request, operation.Options(), cancel);
}
