using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SimpleSystemsManagement.Wire;
using Amazon.Wire;

namespace Amazon.SimpleSystemsManagement;

/// <content>Where the client meets Core's pipeline. Both overrides run before the constructor's body: Core's base builds the pipeline.</content>
public partial class AmazonSimpleSystemsManagementClient
{
    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata => SsmOperations.Service;

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => SigningHandler.Install(pipeline);

    private Task<TResponse> CallAsync<TRequest, TResponse>(Operation<TRequest, TResponse> operation, TRequest request, CancellationToken cancel)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => InvokeAsync<TResponse>(request, operation.Options(), cancel);
}
