using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Amazon.EC2.Model;
using Microsoft.Extensions.Options;
using Watchdog.Inventory;

namespace Watchdog.Aws;

/// <summary>
/// Lists VMs from EC2: the managed ones, 1,000 a page (with a page size or a filter EC2 gives the larger token bucket), a large fleet in
/// a stream of pages a zone. Pages are not a snapshot.
/// </summary>
[RequiresPermission("ec2:DescribeInstances", Reach.Anything)]
[RequiresPermission("ec2:DescribeInstanceStatus", Reach.Anything)]
internal sealed class Ec2FleetSource(ClientFactory clients, IOptions<InventoryOptions> options) : IFleetSource
{
    private const int PageSize = 1000;
    // EC2 joins the values of one filter by OR and filters by AND: three questions, not one and not nine.
    private static readonly string[] Checks = ["instance-status.status", "system-status.status", "attached-ebs-status.status"];

    // How each scope's VMs lay in its zones when it was last listed: where the next listing is cut. Lost with the process, which then lists once in one stream.
    private readonly ConcurrentDictionary<short, IReadOnlyDictionary<char, int>> _zones = [];

    public async IAsyncEnumerable<IReadOnlyList<ListedVm>> ListAsync(Scope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        Dictionary<char, int> seen = [];
        var streams = ZoneStreams.Of(_zones.GetValueOrDefault(scope.Id, seen));
        // A page a stream waits to be taken: what is read ahead stays small.
        var pages = Channel.CreateBounded<IReadOnlyList<ListedVm>>(streams.Count);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = ReadAsync(scope, streams, pages.Writer, ending);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(ct))
            {
                foreach (var vm in page)
                {
                    var zone = vm.Zone is [.., var last] ? last : '-';
                    seen[zone] = seen.GetValueOrDefault(zone) + 1;
                }

                yield return page;
            }
        }
        finally
        {
            // Who stops listening leaves no stream behind.
            await ending.CancelAsync();
            await reading;
        }

        _zones[scope.Id] = seen;
    }

    // One stream that fails ends them all: half a listing says nothing.
    private async Task ReadAsync(
        Scope scope, IReadOnlyList<IReadOnlyList<string>> streams, ChannelWriter<IReadOnlyList<ListedVm>> pages, CancellationTokenSource ending)
    {
        Exception? first = null;
        await Task.WhenAll(streams.Select(async zones =>
        {
            try
            {
                await foreach (var page in StreamAsync(scope, zones, ending.Token))
                {
                    await pages.WriteAsync(page, ending.Token);
                }
            }
            catch (Exception fault)
            {
                Interlocked.CompareExchange(ref first, fault, null);
                await ending.CancelAsync();
            }
        }));
        pages.Complete(first);
    }

    private async IAsyncEnumerable<IReadOnlyList<ListedVm>> StreamAsync(Scope scope, IReadOnlyList<string> zones, [EnumeratorCancellation] CancellationToken ct)
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
            if (zones.Count > 0)
            {
                request.Filters.Add(new Filter { Name = "availability-zone", Values = [.. zones] });
            }

            var page = await FleetCall.AskAsync(() => clients.Of(scope).Ec2.DescribeInstancesAsync(request, ct), ct);
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
                var page = await FleetCall.AskAsync(() => clients.Of(scope).Ec2.DescribeInstanceStatusAsync(request, ct), ct);
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
}
