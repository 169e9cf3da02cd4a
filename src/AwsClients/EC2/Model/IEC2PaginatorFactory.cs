using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>Makes paginators; each walks through its answers once.</summary>
public partial interface IEC2PaginatorFactory
{
    /// <summary>Pages of DescribeInstances.</summary>
    IDescribeInstancesPaginator DescribeInstances(DescribeInstancesRequest request);

    /// <summary>Pages of DescribeInstanceStatus.</summary>
    IDescribeInstanceStatusPaginator DescribeInstanceStatus(DescribeInstanceStatusRequest request);

    /// <summary>Pages of DescribeSecurityGroups.</summary>
    IDescribeSecurityGroupsPaginator DescribeSecurityGroups(DescribeSecurityGroupsRequest request);

    /// <summary>Pages of DescribeSnapshots.</summary>
    IDescribeSnapshotsPaginator DescribeSnapshots(DescribeSnapshotsRequest request);
}

/// <summary>The pages of a DescribeInstances call, or their items.</summary>
public partial interface IDescribeInstancesPaginator : IPaginator<DescribeInstancesResponse>
{
    /// <summary>Whole answers.</summary>
    IPaginatedEnumerable<DescribeInstancesResponse> Responses { get; }

    /// <summary>The items of all answers.</summary>
    IPaginatedEnumerable<Reservation> Reservations { get; }
}

/// <summary>The pages of a DescribeInstanceStatus call, or their items.</summary>
public partial interface IDescribeInstanceStatusPaginator : IPaginator<DescribeInstanceStatusResponse>
{
    /// <summary>Whole answers.</summary>
    IPaginatedEnumerable<DescribeInstanceStatusResponse> Responses { get; }

    /// <summary>The items of all answers.</summary>
    IPaginatedEnumerable<InstanceStatus> InstanceStatuses { get; }
}

/// <summary>The pages of a DescribeSecurityGroups call, or their items.</summary>
public partial interface IDescribeSecurityGroupsPaginator : IPaginator<DescribeSecurityGroupsResponse>
{
    /// <summary>Whole answers.</summary>
    IPaginatedEnumerable<DescribeSecurityGroupsResponse> Responses { get; }

    /// <summary>The items of all answers.</summary>
    IPaginatedEnumerable<SecurityGroup> SecurityGroups { get; }
}

/// <summary>The pages of a DescribeSnapshots call, or their items.</summary>
public partial interface IDescribeSnapshotsPaginator : IPaginator<DescribeSnapshotsResponse>
{
    /// <summary>Whole answers.</summary>
    IPaginatedEnumerable<DescribeSnapshotsResponse> Responses { get; }

    /// <summary>The items of all answers.</summary>
    IPaginatedEnumerable<Snapshot> Snapshots { get; }
}
