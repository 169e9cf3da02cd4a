using System.Net;
using System.Text;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.SimpleSystemsManagement;
using Xunit.Abstractions;

namespace Watchdog.AwsClients.Tests.Conformance;

/// <summary>
/// The clients against somebody else's idea of AWS. Where moto is missing, each test says so and passes.
/// </summary>
public sealed class MotoTests(MotoServer moto, ITestOutputHelper output) : IClassFixture<MotoServer>
{
    [Fact]
    public async Task The_inventory_is_paged_filtered_and_read()
    {
        using var region = Region("eu-west-1");
        if (region is null)
            return;
        var launched = await region.Launch(7);
        await region.Ec2.CreateTagsAsync(new() { Resources = [launched[0], launched[1]], Tags = [new() { Key = "a b", Value = "é&=+" }] });
        await region.Ec2.DeleteTagsAsync(new() { Resources = [launched[1]], Tags = [new() { Key = "a b" }] });

        var found = new List<Instance>();
        var pages = 0;
        var request = new DescribeInstancesRequest { MaxResults = 5, Filters = [new() { Name = "tag:watchdog:managed", Values = ["true"] }] };
        await foreach (var page in region.Ec2.Paginators.DescribeInstances(request).Responses)
        {
            pages++;
            found.AddRange(page.Reservations!.SelectMany(r => r.Instances!));
        }

        Assert.Equal(2, pages);
        Assert.Equal(launched.Order(StringComparer.Ordinal), found.Select(i => i.InstanceId).Order(StringComparer.Ordinal));
        var first = found.Single(i => i.InstanceId == launched[0]);
        Assert.Equal(InstanceStateName.Running, first.State!.Name);
        Assert.Equal("t3.large", first.InstanceType!.Value);
        Assert.StartsWith("eu-west-1", first.Placement!.AvailabilityZone, StringComparison.Ordinal);
        Assert.Equal("é&=+", first.Tags!.Single(t => t.Key == "a b").Value);
        Assert.Equal(DateTimeKind.Utc, first.LaunchTime!.Value.Kind);
        Assert.NotEmpty(first.NetworkInterfaces!.Single().Groups!);
        Assert.DoesNotContain(found.Single(i => i.InstanceId == launched[1]).Tags!, t => t.Key == "a b");

        var one = await region.Ec2.DescribeInstancesAsync(new() { Filters = [new() { Name = "instance-id", Values = [launched[3]] }] });
        Assert.Equal(launched[3], one.Reservations!.Single().Instances!.Single().InstanceId);
        var status = await region.Ec2.DescribeInstanceStatusAsync(new() { InstanceIds = [launched[2]] });
        Assert.Equal(SummaryStatus.Ok, status.InstanceStatuses!.Single().Status!.Status);
        Assert.Equal(SummaryStatus.Ok, status.InstanceStatuses!.Single().SystemStatus!.Status);
    }

    [Fact]
    public async Task Power_goes_off_and_on_and_errors_keep_their_codes()
    {
        using var region = Region("eu-west-2");
        if (region is null)
            return;
        var id = (await region.Launch(1)).Single();

        var dry = await Assert.ThrowsAsync<AmazonEC2Exception>(() => region.Ec2.StopInstancesAsync(new() { InstanceIds = [id], DryRun = true }));
        Assert.Equal(("DryRunOperation", HttpStatusCode.PreconditionFailed), (dry.ErrorCode, dry.StatusCode));
        var gone = await Assert.ThrowsAsync<AmazonEC2Exception>(() => region.Ec2.StopInstancesAsync(new() { InstanceIds = [id, "i-00000000000000bad"] }));
        Assert.Equal(("InvalidInstanceID.NotFound", HttpStatusCode.BadRequest), (gone.ErrorCode, gone.StatusCode));
        Assert.NotNull(gone.RequestId);

        await region.Ec2.RebootInstancesAsync(new() { InstanceIds = [id] });
        var stopped = (await region.Ec2.StopInstancesAsync(new() { InstanceIds = [id], Force = true })).StoppingInstances!.Single();
        Assert.Equal((id, InstanceStateName.Running), (stopped.InstanceId, stopped.PreviousState!.Name));
        var after = await region.Ec2.DescribeInstancesAsync(new() { InstanceIds = [id] });
        Assert.Equal("Client.UserInitiatedShutdown", after.Reservations!.Single().Instances!.Single().StateReason!.Code);
        var started = (await region.Ec2.StartInstancesAsync(new() { InstanceIds = [id] })).StartingInstances!.Single();
        Assert.Equal(InstanceStateName.Pending, started.CurrentState!.Name);

        await region.Ec2.ModifyInstanceAttributeAsync(new() { InstanceId = id, DisableApiTermination = true });
        var console = await region.Ec2.GetConsoleOutputAsync(new() { InstanceId = id });
        Assert.Equal(id, console.InstanceId);
        Assert.NotEmpty(Encoding.UTF8.GetString(Convert.FromBase64String(console.Output!)));
    }

    [Fact]
    public async Task An_interfaces_groups_are_replaced_and_snapshots_taken()
    {
        using var region = Region("eu-west-3");
        if (region is null)
            return;
        var id = (await region.Launch(1)).Single();
        var instance = (await region.Ec2.DescribeInstancesAsync(new() { InstanceIds = [id] })).Reservations!.Single().Instances!.Single();
        var group = await region.CreateGroup("quarantine", instance.VpcId!);
        await region.Ec2.CreateTagsAsync(new() { Resources = [group], Tags = [new() { Key = "watchdog:role", Value = "quarantine" }] });

        var groups = await region.Ec2.DescribeSecurityGroupsAsync(new() { Filters = [new() { Name = "tag:watchdog:role", Values = ["quarantine"] }] });
        Assert.Equal((group, instance.VpcId), (groups.SecurityGroups!.Single().GroupId, groups.SecurityGroups!.Single().VpcId));
        Assert.Equal("-1", groups.SecurityGroups!.Single().IpPermissionsEgress!.Single().IpProtocol);

        var eni = instance.NetworkInterfaces!.Single().NetworkInterfaceId;
        await region.Ec2.ModifyNetworkInterfaceAttributeAsync(new() { NetworkInterfaceId = eni, Groups = [group] });
        instance = (await region.Ec2.DescribeInstancesAsync(new() { InstanceIds = [id] })).Reservations!.Single().Instances!.Single();
        Assert.Equal(group, instance.NetworkInterfaces!.Single().Groups!.Single().GroupId);

        var begun = await region.Ec2.CreateSnapshotsAsync(new()
        {
            InstanceSpecification = new() { InstanceId = id },
            Description = "evidence",
            TagSpecifications = [new() { ResourceType = Amazon.EC2.ResourceType.Snapshot, Tags = [new() { Key = "watchdog:op", Value = "op-1" }] }],
        });
        var found = await region.Ec2.DescribeSnapshotsAsync(new() { OwnerIds = ["self"], Filters = [new() { Name = "tag:watchdog:op", Values = ["op-1"] }] });
        Assert.Equal(instance.BlockDeviceMappings!.Single().Ebs!.VolumeId, begun.Snapshots!.Single().VolumeId);
        Assert.Equal(begun.Snapshots!.Single().SnapshotId, found.Snapshots!.Single().SnapshotId);
    }

    [Fact]
    public async Task Metrics_come_back_as_they_were_put()
    {
        using var region = Region("eu-north-1");
        if (region is null)
            return;
        var start = DateTime.UnixEpoch.AddSeconds(Math.Floor((TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds / 300) * 300).AddHours(-1);
        var dimensions = new List<Dimension> { new() { Name = "InstanceId", Value = "i-1" } };
        await region.CloudWatch.PutMetricDataAsync(new()
        {
            Namespace = "Watchdog/Test",
            MetricData =
            [
                .. Enumerable.Range(0, 4).Select(i => new MetricDatum
                {
                    MetricName = "CPUUtilization",
                    Dimensions = dimensions,
                    Timestamp = start.AddMinutes(5 * i),
                    Value = 10.5 * i,
                    Unit = StandardUnit.Percent,
                }),
            ],
        });
        var request = new GetMetricDataRequest
        {
            StartTime = start,
            EndTime = start.AddMinutes(20),
            ScanBy = ScanBy.TimestampDescending,
            MetricDataQueries =
            [
                Query("there", dimensions),
                Query("absent", [new() { Name = "InstanceId", Value = "i-2" }]),
            ],
        };

        var results = (await region.CloudWatch.GetMetricDataAsync(request)).MetricDataResults!;

        var there = results.Single(r => r.Id == "there");
        Assert.Equal([31.5, 21, 10.5, 0], there.Values!);
        Assert.Equal(start.AddMinutes(15), there.Timestamps![0]);
        Assert.Equal(DateTimeKind.Utc, there.Timestamps![0].Kind);
        Assert.Equal(StatusCode.Complete, there.StatusCode);
        Assert.Empty(results.Single(r => r.Id == "absent").Values!);

        request.EndTime = start.AddDays(-1);
        var e = await Assert.ThrowsAsync<AmazonCloudWatchException>(() => region.CloudWatch.GetMetricDataAsync(request));
        output.WriteLine($"An end before the start: {e.ErrorCode} ({(int)e.StatusCode}) {e.Message}");
        Assert.Equal(HttpStatusCode.BadRequest, e.StatusCode);
    }

    [Fact]
    public async Task A_command_is_sent_and_its_result_read()
    {
        using var region = Region("us-west-2");
        if (region is null)
            return;
        var id = (await region.Launch(1)).Single();

        var command = (await region.Ssm.SendCommandAsync(new()
        {
            DocumentName = "Watchdog-FleetInspect",
            InstanceIds = [id],
            Comment = "op-1",
            TimeoutSeconds = 60,
            Parameters = new() { ["depth"] = ["1"] },
        })).Command!;
        var result = await region.Ssm.GetCommandInvocationAsync(new() { CommandId = command.CommandId, InstanceId = id });

        Assert.Equal(("Watchdog-FleetInspect", "op-1"), (command.DocumentName, command.Comment));
        Assert.Equal(["1"], command.Parameters!["depth"]);
        Assert.Equal((command.CommandId, id), (result.CommandId, result.InstanceId));
        Assert.Equal(CommandInvocationStatus.Success, result.Status);

        var e = await Assert.ThrowsAsync<AmazonSimpleSystemsManagementException>(
            () => region.Ssm.GetCommandInvocationAsync(new() { CommandId = "11111111-2222-4333-8444-555555555555", InstanceId = id }));
        Assert.Equal("InvalidCommandId", e.ErrorCode); // moto's choice; AWS says InvocationDoesNotExist
    }

    [Fact]
    public async Task What_moto_may_lack_answers_or_fails_with_a_status()
    {
        using var region = Region("us-east-2");
        if (region is null)
            return;

        await Try("DescribeInstanceInformation", () => region.Ssm.DescribeInstanceInformationAsync(new()));
        await Try("ListCommandInvocations", () => region.Ssm.ListCommandInvocationsAsync(new() { Details = true }));
        await Try("CancelCommand", () => region.Ssm.CancelCommandAsync(new() { CommandId = "11111111-2222-4333-8444-555555555555" }));
    }

    private async Task Try(string operation, Func<Task> call)
    {
        var thrown = await Record.ExceptionAsync(call);

        output.WriteLine($"{operation}: {(thrown is null ? "answered" : $"this moto does not implement it ({thrown.Message}); held by the golden files alone")}");
        Assert.True(thrown is null or AmazonSimpleSystemsManagementException { StatusCode: >= HttpStatusCode.BadRequest }, $"{thrown}");
    }

    private static MetricDataQuery Query(string id, List<Dimension> dimensions) => new()
    {
        Id = id,
        MetricStat = new() { Period = 300, Stat = "Average", Metric = new() { Namespace = "Watchdog/Test", MetricName = "CPUUtilization", Dimensions = dimensions } },
    };

    private MotoRegion? Region(string name)
    {
        if (moto.Url is null)
            output.WriteLine(moto.Absence);
        return moto.Url is null ? null : new MotoRegion(moto.Url, name);
    }
}
