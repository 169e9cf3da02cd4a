using Amazon.Runtime;
using Amazon.SimpleSystemsManagement.Model;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Amazon.SimpleSystemsManagement;

/// <summary>AWS Systems Manager: the operations that this project uses, with the official client's names and types.</summary>
public partial interface IAmazonSimpleSystemsManagement : IAmazonService, IDisposable
{
    /// <summary>Walks page by page through the answers of the operations that page.</summary>
    ISimpleSystemsManagementPaginatorFactory Paginators { get; }

    /// <summary>Runs a document on instances. NOT idempotent. One unmanaged instance fails the call for all.</summary>
    Task<SendCommandResponse> SendCommandAsync(SendCommandRequest request, CancellationToken cancellationToken = default);

    /// <summary>One instance's result of a command; InvocationDoesNotExist for the first seconds.</summary>
    Task<GetCommandInvocationResponse> GetCommandInvocationAsync(GetCommandInvocationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Results of a command, by the page.</summary>
    Task<ListCommandInvocationsResponse> ListCommandInvocationsAsync(ListCommandInvocationsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Asks that a command stop; what runs already may run on.</summary>
    Task<CancelCommandResponse> CancelCommandAsync(CancelCommandRequest request, CancellationToken cancellationToken = default);

    /// <summary>What the agents report of themselves.</summary>
    Task<DescribeInstanceInformationResponse> DescribeInstanceInformationAsync(DescribeInstanceInformationRequest request, CancellationToken cancellationToken = default);

    /// <summary>The address that a request would go to.</summary>
    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSimpleSystemsManagementConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonSimpleSystemsManagementClient(awsCredentials, (AmazonSimpleSystemsManagementConfig)clientConfig);
}
