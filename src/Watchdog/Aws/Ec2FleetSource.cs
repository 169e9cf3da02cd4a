using System.Runtime.CompilerServices;
using Amazon.EC2.Model;
using Microsoft.Extensions.Options;
using Watchdog.Inventory;

namespace Watchdog.Aws;

/// <summary>
/// Lists VMs from EC2: the managed ones, 1,000 a page (with a page size or a filter EC2 gives the larger token bucket). Pages follow each
/// other by token and are not a snapshot.
/// </summary>
[RequiresPermission("ec2:DescribeInstances", Reach.Anything)]
[RequiresPermission("ec2:DescribeInstanceStatus", Reach.Anything)]
internal sealed class Ec2FleetSource(ClientFactory clients, IOptions<InventoryOptions> options) : IFleetSource
{
    private const int PageSize = 1000;
    // EC2 joins the values of one filter by OR and filters by AND: three questions, not one and not nine.
    private static readonly string[] Checks = ["instance-status.status", "system-status.status", "attached-ebs-status.status"];

    public async IAsyncEnumerable<IReadOnlyList<ListedVm>> ListAsync(Scope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        string? token = null;
        do
        {
            var request = new DescribeInstancesRequest
            {
                Filters = [new Filter { Name = $"tag:{options.Value.ManagedTag}", Values = [options.Value.ManagedValue] }],
                MaxResults = PageSize,
                NextToken = token,
            };
            var page = await AskAsync(() => clients.Of(scope).Ec2.DescribeInstancesAsync(request, ct), ct);
            yield return InstanceReading.Read(page.Reservations);
            token = Next(token, page.NextToken);
        }
        while (token is not null);
    }

    public async Task<IReadOnlyList<ListedStatus>> ListStatusAsync(Scope scope, CancellationToken ct)
    {
        Dictionary<string, ListedStatus> listed = new(StringComparer.Ordinal);
        foreach (var check in Checks)
        {
            string? token = null;
            do
            {
                var request = new DescribeInstanceStatusRequest
                {
                    Filters = [new Filter { Name = check, Values = [.. StatusReading.NotPassing] }],
                    MaxResults = PageSize,
                    NextToken = token,
                };
                var page = await AskAsync(() => clients.Of(scope).Ec2.DescribeInstanceStatusAsync(request, ct), ct);
                foreach (var status in page.InstanceStatuses ?? [])
                {
                    // Not every endpoint that speaks EC2 honours the filter.
                    if (status.InstanceId is { } id && !StatusReading.Passes(status))
                    {
                        listed[id] = StatusReading.Read(id, status);
                    }
                }

                token = Next(token, page.NextToken);
            }
            while (token is not null);
        }

        return [.. listed.Values];
    }

    // A server that repeats a token would page for ever.
    private static string? Next(string? token, string? next) =>
        string.IsNullOrEmpty(next) ? null
        : next != token ? next
        : throw new FleetSourceException("RepeatedToken", "EC2 answered with the token that it was asked with", new InvalidDataException(next));

    private static async Task<T> AskAsync<T>(Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call();
        }
        catch (Exception fault) when (AwsFault.IsAws(fault) && !ct.IsCancellationRequested)
        {
            var sorted = AwsFault.Of(fault);
            throw new FleetSourceException(sorted.Code, sorted.Message, fault);
        }
    }
}
