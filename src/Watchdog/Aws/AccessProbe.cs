using Amazon.CloudWatch.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement.Model;
using Watchdog.Inventory;

namespace Watchdog.Aws;

/// <summary>
/// Asks AWS what the credentials may do, and changes nothing: changes are asked for as dry runs, whose success is the error
/// <c>DryRunOperation</c>; reads as the smallest call that there is.
/// </summary>
[RequiresPermission("ec2:StopInstances", Reach.ManagedInstances)]
[RequiresPermission("ec2:StartInstances", Reach.ManagedInstances)]
[RequiresPermission("ec2:RebootInstances", Reach.ManagedInstances)]
[RequiresPermission("ec2:ModifyInstanceAttribute", Reach.Protections)]
[RequiresPermission("ec2:CreateSnapshots", Reach.OwnSnapshots)]
[RequiresPermission("ec2:ModifyNetworkInterfaceAttribute", Reach.ManagedInterfaces)]
[RequiresPermission("ec2:CreateTags", Reach.OwnTags)]
[RequiresPermission("ec2:DeleteTags", Reach.OwnTags)]
[RequiresPermission("ec2:GetConsoleOutput", Reach.Anything)]
[RequiresPermission("cloudwatch:GetMetricData", Reach.Anything)]
[RequiresPermission("ssm:DescribeInstanceInformation", Reach.Anything)]
[RequiresPermission("ssm:GetCommandInvocation", Reach.Anything)]
internal sealed class AccessProbe(ClientFactory clients)
{
    /// <summary>SSM's least page.</summary>
    private const int SmallestPage = 5;
    private const string OwnTag = "watchdog:case";

    /// <summary>GetMetricData for one metric of one VM.</summary>
    public Task<Access> MetricsAsync(Scope scope, string instanceId, DateTimeOffset now, CancellationToken ct)
    {
        var end = now.UtcDateTime.Date.AddHours(now.UtcDateTime.Hour);
        var request = new GetMetricDataRequest
        {
            StartTime = end.AddHours(-1),
            EndTime = end,
            MetricDataQueries =
            [
                new()
                {
                    Id = "q0",
                    MetricStat = new()
                    {
                        Metric = new() { Namespace = "AWS/EC2", MetricName = "CPUUtilization", Dimensions = [new() { Name = "InstanceId", Value = instanceId }] },
                        Period = 300,
                        Stat = "Average",
                    },
                },
            ],
        };
        return AskAsync("cloudwatch:GetMetricData", "one metric read", () => clients.Of(scope).CloudWatch.GetMetricDataAsync(request, ct), ct);
    }

    /// <summary>The console text of one VM.</summary>
    public Task<Access> ConsoleAsync(Scope scope, string instanceId, CancellationToken ct) => AskAsync(
        "ec2:GetConsoleOutput", $"read of {instanceId}",
        () => clients.Of(scope).Ec2.GetConsoleOutputAsync(new GetConsoleOutputRequest { InstanceId = instanceId }, ct), ct);

    /// <summary>A first small page of agents.</summary>
    public Task<Access> AgentsAsync(Scope scope, CancellationToken ct) => AskAsync(
        "ssm:DescribeInstanceInformation", "a page of agents read",
        () => clients.Of(scope).Ssm.DescribeInstanceInformationAsync(new DescribeInstanceInformationRequest { MaxResults = SmallestPage }, ct), ct);

    /// <summary>The result of a command that was never sent: who may ask is told that there is none.</summary>
    public Task<Access> InvocationAsync(Scope scope, string instanceId, CancellationToken ct) => AskAsync(
        "ssm:GetCommandInvocation", "answered that a command never sent does not exist",
        () => clients.Of(scope).Ssm.GetCommandInvocationAsync(
            new GetCommandInvocationRequest { CommandId = Guid.Empty.ToString(), InstanceId = instanceId }, ct),
        ct, "InvocationDoesNotExist");

    /// <summary>Every change to one VM as a dry run: power, tags, and each given set of groups on its first interface.</summary>
    /// <param name="scope">The VM's scope.</param>
    /// <param name="vm">A managed VM; it stays as it is.</param>
    /// <param name="containment">Its VPC's containment group; null when there is none, which leaves the way into it untried.</param>
    /// <param name="ct">Ends the questions.</param>
    public async Task<IReadOnlyList<Access>> ChangesAsync(Scope scope, ListedVm vm, string? containment, CancellationToken ct)
    {
        var ec2 = clients.Of(scope).Once;
        List<Access> answers =
        [
            await DryAsync("ec2:StopInstances", vm.InstanceId, () => ec2.StopInstancesAsync(new StopInstancesRequest { DryRun = true, InstanceIds = [vm.InstanceId] }, ct)),
            await DryAsync("ec2:StartInstances", vm.InstanceId, () => ec2.StartInstancesAsync(new StartInstancesRequest { DryRun = true, InstanceIds = [vm.InstanceId] }, ct)),
            await DryAsync("ec2:RebootInstances", vm.InstanceId, () => ec2.RebootInstancesAsync(new RebootInstancesRequest { DryRun = true, InstanceIds = [vm.InstanceId] }, ct)),
            await DryAsync("ec2:ModifyInstanceAttribute", vm.InstanceId, () => ec2.ModifyInstanceAttributeAsync(
                new ModifyInstanceAttributeRequest { DryRun = true, InstanceId = vm.InstanceId, DisableApiTermination = true }, ct)),
            await DryAsync("ec2:CreateSnapshots", vm.InstanceId, () => ec2.CreateSnapshotsAsync(
                new CreateSnapshotsRequest
                {
                    DryRun = true, InstanceSpecification = new() { InstanceId = vm.InstanceId },
                    TagSpecifications = [new() { ResourceType = ResourceType.Snapshot, Tags = [new Tag { Key = Ec2Actuator.OperationTag, Value = Guid.Empty.ToString() }] }],
                }, ct)),
            await DryAsync("ec2:CreateTags", vm.InstanceId, () => ec2.CreateTagsAsync(
                new CreateTagsRequest { DryRun = true, Resources = [vm.InstanceId], Tags = [new Tag { Key = OwnTag, Value = "0" }] }, ct)),
            await DryAsync("ec2:DeleteTags", vm.InstanceId, () => ec2.DeleteTagsAsync(
                new DeleteTagsRequest { DryRun = true, Resources = [vm.InstanceId], Tags = [new Tag { Key = OwnTag, Value = "0" }] }, ct)),
        ];
        if (vm.Interfaces is [var card, ..])
        {
            if (containment is not null)
            {
                answers.Add(await GroupsAsync(card, [containment], "into the containment group"));
            }

            if (card.Groups.Count > 0)
            {
                answers.Add(await GroupsAsync(card, card.Groups, "back into its own groups"));
            }
        }

        return answers;

        Task<Access> GroupsAsync(ListedInterface of, IReadOnlyList<string> groups, string words) => DryAsync(
            "ec2:ModifyNetworkInterfaceAttribute", $"{of.InterfaceId}, {words} ({string.Join(", ", groups)})",
            () => ec2.ModifyNetworkInterfaceAttributeAsync(
                new ModifyNetworkInterfaceAttributeRequest { DryRun = true, NetworkInterfaceId = of.InterfaceId, Groups = [.. groups] }, ct));

        Task<Access> DryAsync<T>(string action, string on, Func<Task<T>> call)
            where T : AmazonWebServiceResponse => AskAsync(action, $"dry run on {on}", call, ct, AwsFault.DryRunAllowed);
    }

    // A dry run or a question about nothing succeeds with its own error; anything but that and a refusal tells neither way.
    private static async Task<Access> AskAsync<T>(string action, string done, Func<Task<T>> call, CancellationToken ct, string? success = null)
    {
        try
        {
            await call();
            return new(action, AccessState.Allowed, done);
        }
        catch (Exception fault) when (AwsFault.IsAws(fault) && !ct.IsCancellationRequested)
        {
            var sorted = AwsFault.Of(fault);
            return sorted.Code == success ? new(action, AccessState.Allowed, done) : new(action, StateOf(sorted), $"{sorted.Code}: {BoundedText.Line(sorted.Message, 300)}");
        }
    }

    private static AccessState StateOf(AwsFault fault) =>
        fault.Kind == Enforcement.ActuatorError.Denied ? AccessState.Denied : AccessState.Unknown;
}
