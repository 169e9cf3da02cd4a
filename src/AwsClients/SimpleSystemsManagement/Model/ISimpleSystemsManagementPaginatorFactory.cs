using Amazon.Runtime;

namespace Amazon.SimpleSystemsManagement.Model;

/// <summary>Makes paginators; each walks through its answers once.</summary>
public partial interface ISimpleSystemsManagementPaginatorFactory
{
    /// <summary>Pages of ListCommandInvocations.</summary>
    IListCommandInvocationsPaginator ListCommandInvocations(ListCommandInvocationsRequest request);

    /// <summary>Pages of DescribeInstanceInformation.</summary>
    IDescribeInstanceInformationPaginator DescribeInstanceInformation(DescribeInstanceInformationRequest request);
}

/// <summary>The pages of a ListCommandInvocations call, or their items.</summary>
public partial interface IListCommandInvocationsPaginator : IPaginator<ListCommandInvocationsResponse>
{
    /// <summary>Whole answers.</summary>
    IPaginatedEnumerable<ListCommandInvocationsResponse> Responses { get; }

    /// <summary>The items of all answers.</summary>
    IPaginatedEnumerable<CommandInvocation> CommandInvocations { get; }
}

/// <summary>The pages of a DescribeInstanceInformation call, or their items.</summary>
public partial interface IDescribeInstanceInformationPaginator : IPaginator<DescribeInstanceInformationResponse>
{
    /// <summary>Whole answers.</summary>
    IPaginatedEnumerable<DescribeInstanceInformationResponse> Responses { get; }

    /// <summary>The items of all answers.</summary>
    IPaginatedEnumerable<InstanceInformation> InstanceInformationList { get; }
}
