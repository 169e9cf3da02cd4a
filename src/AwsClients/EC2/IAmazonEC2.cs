using Amazon.EC2.Model;
using Amazon.Runtime;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Amazon.EC2;

/// <summary>Amazon EC2: the operations that this project uses, with the official client's names and types.</summary>
public partial interface IAmazonEC2 : IAmazonService, IDisposable
{
    /// <summary>Walks page by page through the answers of the operations that page.</summary>
    IEC2PaginatorFactory Paginators { get; }

    /// <summary>Instances, grouped by the reservation that launched them. Always set MaxResults or a filter: the larger token bucket.</summary>
    Task<DescribeInstancesResponse> DescribeInstancesAsync(DescribeInstancesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Status checks and scheduled events; running instances only unless IncludeAllInstances is set.</summary>
    Task<DescribeInstanceStatusResponse> DescribeInstanceStatusAsync(DescribeInstanceStatusRequest request, CancellationToken cancellationToken = default);

    /// <summary>Security groups and their rules.</summary>
    Task<DescribeSecurityGroupsResponse> DescribeSecurityGroupsAsync(DescribeSecurityGroupsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Asks for a stop; the answer holds the states before and after the call. Idempotent.</summary>
    Task<StopInstancesResponse> StopInstancesAsync(StopInstancesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Asks for a start. Idempotent.</summary>
    Task<StartInstancesResponse> StartInstancesAsync(StartInstancesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Asks for a reboot, which shows in no state.</summary>
    Task<RebootInstancesResponse> RebootInstancesAsync(RebootInstancesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Changes one attribute of a network interface; Groups replaces the whole set.</summary>
    Task<ModifyNetworkInterfaceAttributeResponse> ModifyNetworkInterfaceAttributeAsync(ModifyNetworkInterfaceAttributeRequest request, CancellationToken cancellationToken = default);

    /// <summary>Changes one attribute of an instance.</summary>
    Task<ModifyInstanceAttributeResponse> ModifyInstanceAttributeAsync(ModifyInstanceAttributeRequest request, CancellationToken cancellationToken = default);

    /// <summary>Adds tags, overwriting those with the same key; filters see them after a while.</summary>
    Task<CreateTagsResponse> CreateTagsAsync(CreateTagsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Removes tags; one given with a value only if it still has that value.</summary>
    Task<DeleteTagsResponse> DeleteTagsAsync(DeleteTagsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Snapshots of all volumes of an instance, consistent with each other. NOT idempotent: look for your tag before a retry.</summary>
    Task<CreateSnapshotsResponse> CreateSnapshotsAsync(CreateSnapshotsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Snapshots and their progress.</summary>
    Task<DescribeSnapshotsResponse> DescribeSnapshotsAsync(DescribeSnapshotsRequest request, CancellationToken cancellationToken = default);

    /// <summary>The last console text, in base64.</summary>
    Task<GetConsoleOutputResponse> GetConsoleOutputAsync(GetConsoleOutputRequest request, CancellationToken cancellationToken = default);

    /// <summary>One attribute of an instance: what DescribeInstances does not show, such as its protections.</summary>
    Task<DescribeInstanceAttributeResponse> DescribeInstanceAttributeAsync(DescribeInstanceAttributeRequest request, CancellationToken cancellationToken = default);

    /// <summary>Elastic IP addresses and what they are associated with.</summary>
    Task<DescribeAddressesResponse> DescribeAddressesAsync(DescribeAddressesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Ends an address's association. Fails when it has ended.</summary>
    Task<DisassociateAddressResponse> DisassociateAddressAsync(DisassociateAddressRequest request, CancellationToken cancellationToken = default);

    /// <summary>Associates an address with an interface. NOT safe to repeat where AllowReassociation is not false: it takes the address from whoever has it.</summary>
    Task<AssociateAddressResponse> AssociateAddressAsync(AssociateAddressRequest request, CancellationToken cancellationToken = default);

    /// <summary>Which instance has which profile, by association.</summary>
    Task<DescribeIamInstanceProfileAssociationsResponse> DescribeIamInstanceProfileAssociationsAsync(DescribeIamInstanceProfileAssociationsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Puts another profile in the place of the one that is associated; the association's id changes.</summary>
    Task<ReplaceIamInstanceProfileAssociationResponse> ReplaceIamInstanceProfileAssociationAsync(ReplaceIamInstanceProfileAssociationRequest request, CancellationToken cancellationToken = default);

    /// <summary>A JPEG of the console, in base64.</summary>
    Task<GetConsoleScreenshotResponse> GetConsoleScreenshotAsync(GetConsoleScreenshotRequest request, CancellationToken cancellationToken = default);

    /// <summary>The address that a request would go to.</summary>
    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonEC2Config();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonEC2Client(awsCredentials, (AmazonEC2Config)clientConfig);
}
