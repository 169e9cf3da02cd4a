using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

internal sealed class EC2PaginatorFactory(IAmazonEC2 client) : IEC2PaginatorFactory
{
    public IDescribeInstancesPaginator DescribeInstances(DescribeInstancesRequest request) => new DescribeInstancesPages(client, request);

    public IDescribeInstanceStatusPaginator DescribeInstanceStatus(DescribeInstanceStatusRequest request) => new DescribeInstanceStatusPages(client, request);

    public IDescribeSecurityGroupsPaginator DescribeSecurityGroups(DescribeSecurityGroupsRequest request) => new DescribeSecurityGroupsPages(client, request);

    public IDescribeSnapshotsPaginator DescribeSnapshots(DescribeSnapshotsRequest request) => new DescribeSnapshotsPages(client, request);

    private sealed class DescribeInstancesPages(IAmazonEC2 client, DescribeInstancesRequest request)
        : PageWalk<DescribeInstancesResponse>(async (token, cancel) =>
        {
            request.NextToken = token ?? request.NextToken;
            var page = await client.DescribeInstancesAsync(request, cancel).ConfigureAwait(false);
            return (page, page.NextToken);
        }), IDescribeInstancesPaginator
    {
        public IPaginatedEnumerable<Reservation> Reservations => Items(page => page.Reservations);
    }

    private sealed class DescribeInstanceStatusPages(IAmazonEC2 client, DescribeInstanceStatusRequest request)
        : PageWalk<DescribeInstanceStatusResponse>(async (token, cancel) =>
        {
            request.NextToken = token ?? request.NextToken;
            var page = await client.DescribeInstanceStatusAsync(request, cancel).ConfigureAwait(false);
            return (page, page.NextToken);
        }), IDescribeInstanceStatusPaginator
    {
        public IPaginatedEnumerable<InstanceStatus> InstanceStatuses => Items(page => page.InstanceStatuses);
    }

    private sealed class DescribeSecurityGroupsPages(IAmazonEC2 client, DescribeSecurityGroupsRequest request)
        : PageWalk<DescribeSecurityGroupsResponse>(async (token, cancel) =>
        {
            request.NextToken = token ?? request.NextToken;
            var page = await client.DescribeSecurityGroupsAsync(request, cancel).ConfigureAwait(false);
            return (page, page.NextToken);
        }), IDescribeSecurityGroupsPaginator
    {
        public IPaginatedEnumerable<SecurityGroup> SecurityGroups => Items(page => page.SecurityGroups);
    }

    private sealed class DescribeSnapshotsPages(IAmazonEC2 client, DescribeSnapshotsRequest request)
        : PageWalk<DescribeSnapshotsResponse>(async (token, cancel) =>
        {
            request.NextToken = token ?? request.NextToken;
            var page = await client.DescribeSnapshotsAsync(request, cancel).ConfigureAwait(false);
            return (page, page.NextToken);
        }), IDescribeSnapshotsPaginator
    {
        public IPaginatedEnumerable<Snapshot> Snapshots => Items(page => page.Snapshots);
    }
}
