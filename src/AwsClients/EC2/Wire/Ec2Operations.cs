using Amazon.EC2.Model;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

/// <summary>The EC2 query API of 2016-11-15, an operation a line; their shapes lie beside this file.</summary>
internal static class Ec2Operations
{
    internal static readonly ServiceTraits Service = new("EC2", "2016-11-15", "ec2", "ec2", static (f, inner) =>
        new AmazonEC2Exception(f.Message, inner!, f.Type, f.Code!, f.RequestId!, f.Status));

    internal static readonly QueryOperation<DescribeInstancesRequest, DescribeInstancesResponse> DescribeInstances =
        new(Service, nameof(DescribeInstances), InstanceWire.Write, InstanceWire.Page);

    internal static readonly QueryOperation<DescribeInstanceStatusRequest, DescribeInstanceStatusResponse> DescribeInstanceStatus =
        new(Service, nameof(DescribeInstanceStatus), InstanceStatusWire.Write, InstanceStatusWire.Page);

    internal static readonly QueryOperation<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResponse> DescribeSecurityGroups =
        new(Service, nameof(DescribeSecurityGroups), SecurityGroupWire.Write, SecurityGroupWire.Page);

    internal static readonly QueryOperation<StopInstancesRequest, StopInstancesResponse> StopInstances =
        new(Service, nameof(StopInstances), PowerWire.Write, PowerWire.Stopping);

    internal static readonly QueryOperation<StartInstancesRequest, StartInstancesResponse> StartInstances =
        new(Service, nameof(StartInstances), PowerWire.Write, PowerWire.Starting);

    internal static readonly QueryOperation<RebootInstancesRequest, RebootInstancesResponse> RebootInstances =
        new(Service, nameof(RebootInstances), PowerWire.Write, Nothing);

    internal static readonly QueryOperation<ModifyNetworkInterfaceAttributeRequest, ModifyNetworkInterfaceAttributeResponse>
        ModifyNetworkInterfaceAttribute = new(Service, nameof(ModifyNetworkInterfaceAttribute), AttributeWire.Write, Nothing);

    internal static readonly QueryOperation<ModifyInstanceAttributeRequest, ModifyInstanceAttributeResponse> ModifyInstanceAttribute =
        new(Service, nameof(ModifyInstanceAttribute), AttributeWire.Write, Nothing);

    internal static readonly QueryOperation<CreateTagsRequest, CreateTagsResponse> CreateTags =
        new(Service, nameof(CreateTags), TagWire.Write, Nothing);

    internal static readonly QueryOperation<DeleteTagsRequest, DeleteTagsResponse> DeleteTags =
        new(Service, nameof(DeleteTags), TagWire.Write, Nothing);

    internal static readonly QueryOperation<CreateSnapshotsRequest, CreateSnapshotsResponse> CreateSnapshots =
        new(Service, nameof(CreateSnapshots), SnapshotWire.Write, SnapshotWire.Begun);

    internal static readonly QueryOperation<DescribeSnapshotsRequest, DescribeSnapshotsResponse> DescribeSnapshots =
        new(Service, nameof(DescribeSnapshots), SnapshotWire.Write, SnapshotWire.Page);

    internal static readonly QueryOperation<GetConsoleOutputRequest, GetConsoleOutputResponse> GetConsoleOutput =
        new(Service, nameof(GetConsoleOutput), ConsoleWire.Write, ConsoleWire.Output);

    internal static readonly QueryOperation<DescribeInstanceAttributeRequest, DescribeInstanceAttributeResponse> DescribeInstanceAttribute =
        new(Service, nameof(DescribeInstanceAttribute), AttributeWire.Write, AttributeWire.Attribute);

    internal static readonly QueryOperation<DescribeAddressesRequest, DescribeAddressesResponse> DescribeAddresses =
        new(Service, nameof(DescribeAddresses), AddressWire.Write, AddressWire.Addresses);

    internal static readonly QueryOperation<DisassociateAddressRequest, DisassociateAddressResponse> DisassociateAddress =
        new(Service, nameof(DisassociateAddress), AddressWire.Write, Nothing);

    internal static readonly QueryOperation<AssociateAddressRequest, AssociateAddressResponse> AssociateAddress =
        new(Service, nameof(AssociateAddress), AddressWire.Write, AddressWire.Associated);

    internal static readonly QueryOperation<DescribeIamInstanceProfileAssociationsRequest, DescribeIamInstanceProfileAssociationsResponse>
        DescribeIamInstanceProfileAssociations = new(Service, nameof(DescribeIamInstanceProfileAssociations), ProfileWire.Write, ProfileWire.Page);

    internal static readonly QueryOperation<ReplaceIamInstanceProfileAssociationRequest, ReplaceIamInstanceProfileAssociationResponse>
        ReplaceIamInstanceProfileAssociation = new(Service, nameof(ReplaceIamInstanceProfileAssociation), ProfileWire.Write, ProfileWire.Replaced);

    internal static readonly QueryOperation<GetConsoleScreenshotRequest, GetConsoleScreenshotResponse> GetConsoleScreenshot =
        new(Service, nameof(GetConsoleScreenshot), ConsoleWire.Write, ConsoleWire.Screen);

    /// <summary>The answer of an operation that only says yes.</summary>
    private static bool Nothing<T>(System.Xml.XmlReader reader, T response) => false;
}
