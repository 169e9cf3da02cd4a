using Amazon.Runtime;
using Amazon.SimpleSystemsManagement.Model;
using Amazon.SimpleSystemsManagement.Wire;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Amazon.SimpleSystemsManagement;

public partial class AmazonSimpleSystemsManagementClient
{
    /// <inheritdoc/>
    public ISimpleSystemsManagementPaginatorFactory Paginators => field ??= new SimpleSystemsManagementPaginatorFactory(this);

    /// <inheritdoc/>
    public virtual Task<SendCommandResponse> SendCommandAsync(SendCommandRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(SsmOperations.SendCommand, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetCommandInvocationResponse> GetCommandInvocationAsync(GetCommandInvocationRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(SsmOperations.GetCommandInvocation, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ListCommandInvocationsResponse> ListCommandInvocationsAsync(ListCommandInvocationsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(SsmOperations.ListCommandInvocations, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<CancelCommandResponse> CancelCommandAsync(CancelCommandRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(SsmOperations.CancelCommand, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeInstanceInformationResponse> DescribeInstanceInformationAsync(DescribeInstanceInformationRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(SsmOperations.DescribeInstanceInformation, request, cancellationToken);

    /// <inheritdoc/>
    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new(request));
}
