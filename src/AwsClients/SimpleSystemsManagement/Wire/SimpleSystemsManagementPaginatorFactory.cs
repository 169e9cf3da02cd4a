using Amazon.Runtime;
using Amazon.SimpleSystemsManagement.Model;
using Amazon.Wire;

namespace Amazon.SimpleSystemsManagement.Wire;

internal sealed class SimpleSystemsManagementPaginatorFactory(IAmazonSimpleSystemsManagement client) : ISimpleSystemsManagementPaginatorFactory
{
    public IListCommandInvocationsPaginator ListCommandInvocations(ListCommandInvocationsRequest request) => new ListCommandInvocationsPages(client, request);

    public IDescribeInstanceInformationPaginator DescribeInstanceInformation(DescribeInstanceInformationRequest request) => new DescribeInstanceInformationPages(client, request);

    private sealed class ListCommandInvocationsPages(IAmazonSimpleSystemsManagement client, ListCommandInvocationsRequest request)
        : PageWalk<ListCommandInvocationsResponse>(async (token, cancel) =>
        {
            request.NextToken = token ?? request.NextToken;
            var page = await client.ListCommandInvocationsAsync(request, cancel).ConfigureAwait(false);
            return (page, page.NextToken);
        }), IListCommandInvocationsPaginator
    {
        public IPaginatedEnumerable<CommandInvocation> CommandInvocations => Items(page => page.CommandInvocations);
    }

    private sealed class DescribeInstanceInformationPages(IAmazonSimpleSystemsManagement client, DescribeInstanceInformationRequest request)
        : PageWalk<DescribeInstanceInformationResponse>(async (token, cancel) =>
        {
            request.NextToken = token ?? request.NextToken;
            var page = await client.DescribeInstanceInformationAsync(request, cancel).ConfigureAwait(false);
            return (page, page.NextToken);
        }), IDescribeInstanceInformationPaginator
    {
        public IPaginatedEnumerable<InstanceInformation> InstanceInformationList => Items(page => page.InstanceInformationList);
    }
}
