using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Watchdog.FleetSim.Failing;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;
using Ec2Filter = Amazon.EC2.Model.Filter;
using Ec2Tag = Amazon.EC2.Model.Tag;

namespace Watchdog.FleetSim.Tests.Server;

/// <summary>The worker's clients against the Region: every operation once, and what a lost answer looks like to them.</summary>
public sealed class OwnClientsTests
{
    private static readonly BasicAWSCredentials Anyone = new("AKIDTEST", "secret");
    private static readonly StatusChecks Impaired = new(true, false, false, TestFleet.Start.AddMinutes(-9));

    [Fact]
    public async Task Every_EC2_operation_is_understood_both_ways()
    {
        await using var host = await Host.StartAsync([TestFleet.VmWith(0, vm => VmShape.InterfaceCount(vm) == 2), .. TestFleet.Vms(12).Skip(1),
            TestFleet.Vm(12, new PlainBehaviour { Checks = _ => Impaired })]);
        using var ec2 = Ec2(host);
        var vms = new List<Instance>();
        await foreach (var reservation in ec2.Paginators.DescribeInstances(new DescribeInstancesRequest { MaxResults = 5 }).Reservations)
            vms.AddRange(reservation.Instances ?? []);
        Assert.Equal(Enumerable.Range(0, 13).Select(TestFleet.Id), vms.Select(v => v.InstanceId));
        var vm = vms[0];
        Assert.Equal((InstanceStateName.Running, "t3.medium", 2), (vm.State?.Name, vm.InstanceType?.Value, vm.NetworkInterfaces?.Count));
        Assert.Equal(TestFleet.Start.AddDays(-1).UtcDateTime, vm.LaunchTime?.ToUniversalTime());

        var sick = Assert.Single((await ec2.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest
        {
            Filters = [new Ec2Filter { Name = "instance-status.status", Values = ["impaired"] }],
        })).InstanceStatuses!);
        Assert.Equal((TestFleet.Id(12), Impaired.ImpairedSince!.Value.UtcDateTime), (sick.InstanceId, sick.Status!.Details![0].ImpairedSince!.Value.ToUniversalTime()));

        var groups = (await ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest
        {
            Filters = [new Ec2Filter { Name = "tag:watchdog:role", Values = ["quarantine"] }, new Ec2Filter { Name = "vpc-id", Values = [vm.VpcId!] }],
        })).SecurityGroups!;
        foreach (var eni in vm.NetworkInterfaces!)
            await ec2.ModifyNetworkInterfaceAttributeAsync(new ModifyNetworkInterfaceAttributeRequest { NetworkInterfaceId = eni.NetworkInterfaceId, Groups = [groups[0].GroupId!] });
        Assert.True(host.Region.State.IsContained(0));

        await ec2.ModifyInstanceAttributeAsync(new ModifyInstanceAttributeRequest { InstanceId = vm.InstanceId, DisableApiStop = true });
        var refused = await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = [vm.InstanceId!] }));
        Assert.Equal("OperationNotPermitted", refused.ErrorCode);
        await ec2.ModifyInstanceAttributeAsync(new ModifyInstanceAttributeRequest { InstanceId = vm.InstanceId, DisableApiStop = false });
        await ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [vm.InstanceId!], Tags = [new Ec2Tag { Key = "watchdog:case", Value = "1" }, new Ec2Tag { Key = "b", Value = "2" }] });
        await ec2.DeleteTagsAsync(new DeleteTagsRequest { Resources = [vm.InstanceId!], Tags = [new Ec2Tag { Key = "b" }] });
        Assert.Equal("1", host.Region.State.TagAt(0, "watchdog:case", host.Now));
        Assert.Null(host.Region.State.TagAt(0, "b", host.Now));
        var made = await ec2.CreateSnapshotsAsync(new CreateSnapshotsRequest
        {
            InstanceSpecification = new InstanceSpecification { InstanceId = vm.InstanceId },
            TagSpecifications = [new TagSpecification { ResourceType = Amazon.EC2.ResourceType.Snapshot, Tags = [new Ec2Tag { Key = "op", Value = "9" }] }],
        });
        Assert.Equal(SnapshotState.Pending, Assert.Single(made.Snapshots!).State);
        await ec2.RebootInstancesAsync(new RebootInstancesRequest { InstanceIds = [vm.InstanceId!] });
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        var snapshot = Assert.Single((await ec2.DescribeSnapshotsAsync(new DescribeSnapshotsRequest { Filters = [new Ec2Filter { Name = "tag:op", Values = ["9"] }] })).Snapshots!);
        Assert.Equal((made.Snapshots![0].SnapshotId, SnapshotState.Completed), (snapshot.SnapshotId, snapshot.State));
        Assert.NotEmpty((await ec2.GetConsoleOutputAsync(new GetConsoleOutputRequest { InstanceId = vm.InstanceId, Latest = true })).Output!);
        var stopped = Assert.Single((await ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = [vm.InstanceId!] })).StoppingInstances!);
        Assert.Equal((InstanceStateName.Running, InstanceStateName.Stopping), (stopped.PreviousState?.Name, stopped.CurrentState?.Name));
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        var started = Assert.Single((await ec2.StartInstancesAsync(new StartInstancesRequest { InstanceIds = [vm.InstanceId!] })).StartingInstances!);
        Assert.Equal((InstanceStateName.Stopped, InstanceStateName.Pending), (started.PreviousState?.Name, started.CurrentState?.Name));
    }

    [Fact]
    public async Task Metrics_and_commands_are_understood_both_ways()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(6));
        using var cloudWatch = new AmazonCloudWatchClient(Anyone, new AmazonCloudWatchConfig { ServiceURL = host.Region.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });
        using var ssm = new AmazonSimpleSystemsManagementClient(
            Anyone, new AmazonSimpleSystemsManagementConfig { ServiceURL = host.Region.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });
        var request = new GetMetricDataRequest
        {
            StartTime = host.Now.AddHours(-3).UtcDateTime,
            EndTime = host.Now.AddMinutes(-10).UtcDateTime,
            ScanBy = ScanBy.TimestampAscending,
            MetricDataQueries =
            [
                new MetricDataQuery
                {
                    Id = "cpu",
                    MetricStat = new MetricStat
                    {
                        Metric = new Amazon.CloudWatch.Model.Metric { Namespace = "AWS/EC2", MetricName = "CPUUtilization", Dimensions = [new Dimension { Name = "InstanceId", Value = TestFleet.Id(3) }] },
                        Period = 300,
                        Stat = "Average",
                    },
                },
            ],
        };
        var series = Assert.Single((await cloudWatch.GetMetricDataAsync(request)).MetricDataResults!);
        Assert.Equal(34, series.Values!.Count);
        Assert.Equal(host.Now.AddHours(-3).UtcDateTime, series.Timestamps![0].ToUniversalTime());
        request.MetricDataQueries[0].Id = "Upper";
        Assert.Equal("ValidationError", (await Assert.ThrowsAnyAsync<AmazonCloudWatchException>(() => cloudWatch.GetMetricDataAsync(request))).ErrorCode);
        await cloudWatch.PutMetricDataAsync(new PutMetricDataRequest { Namespace = "Watchdog", MetricData = [new MetricDatum { MetricName = "swept", Value = 1 }] });

        var nodes = await ssm.DescribeInstanceInformationAsync(new DescribeInstanceInformationRequest { MaxResults = 50 });
        Assert.Equal(6, nodes.InstanceInformationList!.Count);
        var sent = (await ssm.SendCommandAsync(new SendCommandRequest { DocumentName = "Watchdog-FleetInspect", InstanceIds = [TestFleet.Id(2)] })).Command!;
        var early = await Assert.ThrowsAnyAsync<AmazonSimpleSystemsManagementException>(
            () => ssm.GetCommandInvocationAsync(new GetCommandInvocationRequest { CommandId = sent.CommandId, InstanceId = TestFleet.Id(2) }));
        Assert.Equal("InvocationDoesNotExist", early.ErrorCode);
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        var read = await ssm.GetCommandInvocationAsync(new GetCommandInvocationRequest { CommandId = sent.CommandId, InstanceId = TestFleet.Id(2) });
        Assert.Equal(CommandInvocationStatus.Success, read.Status);
        Assert.EndsWith("\"end\":true}", read.StandardOutputContent, StringComparison.Ordinal);
        Assert.Single((await ssm.ListCommandInvocationsAsync(new ListCommandInvocationsRequest { CommandId = sent.CommandId, Details = true })).CommandInvocations!);
        await ssm.CancelCommandAsync(new CancelCommandRequest { CommandId = sent.CommandId });
    }

    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.Truncate)]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.Unavailable)]
    [InlineData(FaultKind.Throttle)]
    public async Task A_listing_survives_two_faults_by_the_clients_own_retries(FaultKind kind)
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(300));
        using var ec2 = Ec2(host);
        host.Region.Faults.FailNext("ec2:DescribeInstances", kind, times: 2);
        Assert.Equal(300, (await ec2.DescribeInstancesAsync(new DescribeInstancesRequest { MaxResults = 500 })).Reservations!.Count);
        Assert.Equal(3, host.Region.CallCounts["ec2:DescribeInstances"]);
    }

    private static AmazonEC2Client Ec2(Host host) =>
        new(Anyone, new AmazonEC2Config { ServiceURL = host.Region.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });
}
