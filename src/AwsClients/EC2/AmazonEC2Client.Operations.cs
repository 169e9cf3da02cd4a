using Amazon.EC2.Model;
using Amazon.EC2.Wire;
using Amazon.Runtime;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Amazon.EC2;

public partial class AmazonEC2Client
{
    /// <inheritdoc/>
    public IEC2PaginatorFactory Paginators => field ??= new EC2PaginatorFactory(this);

    /// <inheritdoc/>
    public virtual Task<DescribeInstancesResponse> DescribeInstancesAsync(DescribeInstancesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.DescribeInstances, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeInstanceStatusResponse> DescribeInstanceStatusAsync(DescribeInstanceStatusRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.DescribeInstanceStatus, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeSecurityGroupsResponse> DescribeSecurityGroupsAsync(DescribeSecurityGroupsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.DescribeSecurityGroups, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<StopInstancesResponse> StopInstancesAsync(StopInstancesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.StopInstances, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<StartInstancesResponse> StartInstancesAsync(StartInstancesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.StartInstances, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<RebootInstancesResponse> RebootInstancesAsync(RebootInstancesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.RebootInstances, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ModifyNetworkInterfaceAttributeResponse> ModifyNetworkInterfaceAttributeAsync(ModifyNetworkInterfaceAttributeRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.ModifyNetworkInterfaceAttribute, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ModifyInstanceAttributeResponse> ModifyInstanceAttributeAsync(ModifyInstanceAttributeRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.ModifyInstanceAttribute, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<CreateTagsResponse> CreateTagsAsync(CreateTagsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.CreateTags, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DeleteTagsResponse> DeleteTagsAsync(DeleteTagsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.DeleteTags, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<CreateSnapshotsResponse> CreateSnapshotsAsync(CreateSnapshotsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.CreateSnapshots, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeSnapshotsResponse> DescribeSnapshotsAsync(DescribeSnapshotsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.DescribeSnapshots, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetConsoleOutputResponse> GetConsoleOutputAsync(GetConsoleOutputRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.GetConsoleOutput, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeInstanceAttributeResponse> DescribeInstanceAttributeAsync(DescribeInstanceAttributeRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.DescribeInstanceAttribute, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeAddressesResponse> DescribeAddressesAsync(DescribeAddressesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.DescribeAddresses, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DisassociateAddressResponse> DisassociateAddressAsync(DisassociateAddressRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.DisassociateAddress, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<AssociateAddressResponse> AssociateAddressAsync(AssociateAddressRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.AssociateAddress, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeIamInstanceProfileAssociationsResponse> DescribeIamInstanceProfileAssociationsAsync(DescribeIamInstanceProfileAssociationsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.DescribeIamInstanceProfileAssociations, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ReplaceIamInstanceProfileAssociationResponse> ReplaceIamInstanceProfileAssociationAsync(ReplaceIamInstanceProfileAssociationRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.ReplaceIamInstanceProfileAssociation, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetConsoleScreenshotResponse> GetConsoleScreenshotAsync(GetConsoleScreenshotRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Ec2Operations.GetConsoleScreenshot, request, cancellationToken);

    /// <inheritdoc/>
    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new(request));
}
