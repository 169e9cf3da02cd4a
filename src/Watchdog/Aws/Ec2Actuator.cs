using Amazon.EC2.Model;
using Watchdog.Enforcement;
using Watchdog.Inventory;

namespace Watchdog.Aws;

/// <summary>Changes VMs through EC2, one call each, sent at most once. Its reads may be repeated by the client.</summary>
[RequiresPermission("ec2:DescribeInstances", Reach.Anything)]
[RequiresPermission("ec2:DescribeSecurityGroups", Reach.Anything)]
[RequiresPermission("ec2:StopInstances", Reach.ManagedInstances)]
[RequiresPermission("ec2:StartInstances", Reach.ManagedInstances)]
[RequiresPermission("ec2:RebootInstances", Reach.ManagedInstances)]
[RequiresPermission("ec2:ModifyNetworkInterfaceAttribute", Reach.ManagedInterfaces)]
[RequiresPermission("ec2:CreateTags", Reach.OwnTags)]
[RequiresPermission("ec2:DeleteTags", Reach.OwnTags)]
internal sealed partial class Ec2Actuator(ClientFactory clients) : IActuator
{
    /// <summary>EC2's limit on the values of one filter.</summary>
    private const int MaxFilterValues = 200;
    private const int PageSize = 1000;
    /// <summary>The most VMs that one StopInstances call takes: its bucket of resource tokens holds no more.</summary>
    private const int MostStops = 1000;

    public Task<IReadOnlyList<ListedVm>> ReadAsync(Scope scope, IReadOnlyList<string> instanceIds, CancellationToken ct) => AskAsync(async () =>
    {
        var ec2 = clients.Of(scope).Ec2;
        Dictionary<string, ListedVm> vms = new(StringComparer.Ordinal);
        foreach (var ids in instanceIds.Chunk(MaxFilterValues))
        {
            // By filter: an id that is gone is absent, where the InstanceIds parameter would fail the whole call.
            var request = new DescribeInstancesRequest { Filters = [new Filter { Name = "instance-id", Values = [.. ids] }], MaxResults = PageSize };
            do
            {
                var page = await ec2.DescribeInstancesAsync(request, ct);
                foreach (var vm in InstanceReading.Read(page.Reservations))
                {
                    vms[vm.InstanceId] = vm;
                }

                request.NextToken = string.IsNullOrEmpty(page.NextToken) ? null : page.NextToken;
            }
            while (request.NextToken is not null);
        }

        return (IReadOnlyList<ListedVm>)[.. vms.Values];
    }, ct);

    public Task<IReadOnlyList<string>> FindGroupsAsync(Scope scope, string vpcId, string role, CancellationToken ct) => AskAsync(async () =>
    {
        var request = new DescribeSecurityGroupsRequest
        {
            Filters = [new Filter { Name = "vpc-id", Values = [vpcId] }, new Filter { Name = "tag:watchdog:role", Values = [role] }],
            MaxResults = PageSize,
        };
        var page = await clients.Of(scope).Ec2.DescribeSecurityGroupsAsync(request, ct);
        return (IReadOnlyList<string>)[.. (page.SecurityGroups ?? []).Select(group => group.GroupId).OfType<string>().Order(StringComparer.Ordinal)];
    }, ct);

    public Task StopAsync(Scope scope, IReadOnlyList<string> instanceIds, bool force, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfZero(instanceIds.Count, nameof(instanceIds));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(instanceIds.Count, MostStops, nameof(instanceIds));
        return AskAsync(() => clients.Of(scope).Once.StopInstancesAsync(
            new StopInstancesRequest { InstanceIds = [.. instanceIds], Force = force ? true : null }, ct), ct);
    }

    public Task HibernateAsync(Scope scope, string instanceId, CancellationToken ct) => AskAsync(() =>
        clients.Of(scope).Once.StopInstancesAsync(new StopInstancesRequest { InstanceIds = [instanceId], Hibernate = true }, ct), ct);

    public Task StartAsync(Scope scope, string instanceId, CancellationToken ct) => AskAsync(() =>
        clients.Of(scope).Once.StartInstancesAsync(new StartInstancesRequest { InstanceIds = [instanceId] }, ct), ct);

    public Task RebootAsync(Scope scope, string instanceId, CancellationToken ct) => AskAsync(() =>
        clients.Of(scope).Once.RebootInstancesAsync(new RebootInstancesRequest { InstanceIds = [instanceId] }, ct), ct);

    public Task SetGroupsAsync(Scope scope, string interfaceId, IReadOnlyList<string> groups, CancellationToken ct) => AskAsync(() =>
        clients.Of(scope).Once.ModifyNetworkInterfaceAttributeAsync(
            new ModifyNetworkInterfaceAttributeRequest { NetworkInterfaceId = interfaceId, Groups = [.. groups] }, ct), ct);

    public async Task CheckGroupsAsync(Scope scope, string interfaceId, IReadOnlyList<string> groups, CancellationToken ct)
    {
        try
        {
            await AskAsync(() => clients.Of(scope).Once.ModifyNetworkInterfaceAttributeAsync(
                new ModifyNetworkInterfaceAttributeRequest { NetworkInterfaceId = interfaceId, Groups = [.. groups], DryRun = true }, ct), ct);
        }
        catch (ActuatorException allowed) when (allowed.Code == AwsFault.DryRunAllowed)
        {
            // A dry run's success is an error.
        }
    }

    public Task TagAsync(Scope scope, string instanceId, IReadOnlyDictionary<string, string> tags, CancellationToken ct) => AskAsync(() =>
        clients.Of(scope).Once.CreateTagsAsync(new CreateTagsRequest { Resources = [instanceId], Tags = TagsOf(tags) }, ct), ct);

    public Task UntagAsync(Scope scope, string instanceId, IReadOnlyDictionary<string, string> tags, CancellationToken ct) => AskAsync(() =>
        clients.Of(scope).Once.DeleteTagsAsync(new DeleteTagsRequest { Resources = [instanceId], Tags = TagsOf(tags) }, ct), ct);

    private static List<Tag> TagsOf(IReadOnlyDictionary<string, string> tags) => [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];

    private static async Task<T> AskAsync<T>(Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call();
        }
        catch (Exception fault) when (AwsFault.IsAws(fault) && !ct.IsCancellationRequested)
        {
            var sorted = AwsFault.Of(fault);
            throw new ActuatorException(sorted.Kind, sorted.Code, sorted.Message, fault);
        }
    }
}
