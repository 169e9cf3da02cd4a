using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Watchdog.AwsClients.Tests.Loopback;
using Ec2Tag = Amazon.EC2.Model.Tag;

namespace Watchdog.AwsClients.Tests.Golden;

/// <summary>One call of each operation, with as many members set as it has.</summary>
internal static class Calls
{
    private static readonly DateTime Nine = new(2026, 3, 1, 9, 0, 0, DateTimeKind.Utc);

    public static Dictionary<string, Func<LoopbackService, Task<AmazonWebServiceResponse>>> All { get; } = new()
    {
        ["DescribeInstances"] = Ec2(c => c.DescribeInstancesAsync(new()
        {
            Filters =
            [
                new() { Name = "instance-state-name", Values = ["pending", "running"] },
                new() { Name = "tag:watchdog:managed", Values = ["a b&c=d+é"] },
            ],
            MaxResults = 1000,
            NextToken = "eyJ2IjoiMSJ9/+=",
        })),
        ["DescribeInstanceStatus"] = Ec2(c => c.DescribeInstanceStatusAsync(new()
        {
            Filters = [new() { Name = "instance-status.status", Values = ["impaired"] }],
            IncludeAllInstances = false,
            InstanceIds = ["i-1", "i-2"],
            DryRun = false,
        })),
        ["DescribeSecurityGroups"] = Ec2(c => c.DescribeSecurityGroupsAsync(new()
        {
            Filters = [new() { Name = "tag:watchdog:role", Values = ["quarantine"] }],
            GroupIds = ["sg-1"],
            MaxResults = 5,
            NextToken = "t",
        })),
        ["StopInstances"] = Ec2(c => c.StopInstancesAsync(new() { InstanceIds = ["i-1", "i-2"], Force = true, Hibernate = false, DryRun = true })),
        ["StartInstances"] = Ec2(c => c.StartInstancesAsync(new() { InstanceIds = ["i-1"] })),
        ["RebootInstances"] = Ec2(c => c.RebootInstancesAsync(new() { InstanceIds = ["i-1"], DryRun = false })),
        ["ModifyNetworkInterfaceAttribute"] = Ec2(c => c.ModifyNetworkInterfaceAttributeAsync(
            new() { NetworkInterfaceId = "eni-1", Groups = ["sg-1", "sg-2"], DryRun = true })),
        ["ModifyInstanceAttribute"] = Ec2(c => c.ModifyInstanceAttributeAsync(
            new() { InstanceId = "i-1", DisableApiTermination = true, DisableApiStop = false, Groups = ["sg-1"], InstanceInitiatedShutdownBehavior = "stop", DryRun = true })),
        ["CreateTags"] = Ec2(c => c.CreateTagsAsync(new() { Resources = ["i-1", "eni-1"], Tags = [new Ec2Tag { Key = "k", Value = "" }] })),
        ["DeleteTags"] = Ec2(c => c.DeleteTagsAsync(new() { Resources = ["i-1"], Tags = [new Ec2Tag { Key = "k" }, new Ec2Tag { Key = "l", Value = "v" }] })),
        ["CreateSnapshots"] = Ec2(c => c.CreateSnapshotsAsync(new()
        {
            CopyTagsFromSource = CopyTagsFromSource.Volume,
            Description = "evidence",
            InstanceSpecification = new() { InstanceId = "i-1", ExcludeBootVolume = false, ExcludeDataVolumeIds = ["vol-9"] },
            TagSpecifications = [new() { ResourceType = "snapshot", Tags = [new Ec2Tag { Key = "watchdog:op", Value = "op-1" }] }],
        })),
        ["DescribeSnapshots"] = Ec2(c => c.DescribeSnapshotsAsync(new()
        {
            Filters = [new() { Name = "tag:watchdog:op", Values = ["op-1"] }],
            OwnerIds = ["self"],
            SnapshotIds = ["snap-1"],
            MaxResults = 1000,
            NextToken = "t",
        })),
        ["GetConsoleOutput"] = Ec2(c => c.GetConsoleOutputAsync(new() { InstanceId = "i-1", Latest = true })),
        ["DescribeInstanceAttribute"] = Ec2(c => c.DescribeInstanceAttributeAsync(
            new() { Attribute = InstanceAttributeName.DisableApiTermination, InstanceId = "i-1", DryRun = false })),
        ["DescribeAddresses"] = Ec2(c => c.DescribeAddressesAsync(new()
        {
            AllocationIds = ["eipalloc-1", "eipalloc-2"],
            Filters = [new() { Name = "instance-id", Values = ["i-1"] }],
            PublicIps = ["198.51.100.7"],
            DryRun = false,
        })),
        ["DisassociateAddress"] = Ec2(c => c.DisassociateAddressAsync(new() { AssociationId = "eipassoc-1", DryRun = true })),
        ["AssociateAddress"] = Ec2(c => c.AssociateAddressAsync(new()
        {
            AllocationId = "eipalloc-1", NetworkInterfaceId = "eni-1", PrivateIpAddress = "10.0.0.8", AllowReassociation = false, DryRun = true,
        })),
        ["DescribeIamInstanceProfileAssociations"] = Ec2(c => c.DescribeIamInstanceProfileAssociationsAsync(new()
        {
            AssociationIds = ["iip-assoc-1"],
            Filters = [new() { Name = "instance-id", Values = ["i-1", "i-2"] }],
            MaxResults = 5,
            NextToken = "t",
        })),
        ["ReplaceIamInstanceProfileAssociation"] = Ec2(c => c.ReplaceIamInstanceProfileAssociationAsync(new()
        {
            AssociationId = "iip-assoc-1",
            IamInstanceProfile = new() { Arn = "arn:aws:iam::123456789012:instance-profile/empty", Name = "empty" },
        })),
        ["GetConsoleScreenshot"] = Ec2(c => c.GetConsoleScreenshotAsync(new() { InstanceId = "i-1", WakeUp = true, DryRun = false })),
        ["GetMetricData"] = CloudWatch(c => c.GetMetricDataAsync(new()
        {
            StartTime = Nine.AddHours(-3),
            EndTime = Nine.AddMilliseconds(250),
            ScanBy = ScanBy.TimestampDescending,
            MaxDatapoints = 100_800,
            NextToken = "page1",
            MetricDataQueries =
            [
                new()
                {
                    Id = "cpu_1",
                    Label = "l",
                    ReturnData = true,
                    MetricStat = new()
                    {
                        Period = 300,
                        Stat = "Average",
                        Unit = StandardUnit.Percent,
                        Metric = new()
                        {
                            Namespace = "AWS/EC2",
                            MetricName = "CPUUtilization",
                            Dimensions = [new() { Name = "InstanceId", Value = "i-1" }],
                        },
                    },
                },
                new() { Id = "e1", Expression = "cpu_1 * 2", Period = 300, AccountId = "123456789012" },
            ],
        })),
        ["PutMetricData"] = CloudWatch(c => c.PutMetricDataAsync(new()
        {
            Namespace = "Watchdog",
            MetricData =
            [
                new()
                {
                    MetricName = "SweepSeconds",
                    Dimensions = [new() { Name = "shard", Value = "7" }],
                    Timestamp = Nine,
                    Value = 1.5,
                    Unit = "Seconds",
                    StorageResolution = 60,
                },
                new() { MetricName = "A", Values = [1, double.PositiveInfinity], Counts = [2, 3] },
                new() { MetricName = "B", StatisticValues = new() { SampleCount = 2, Sum = 3, Minimum = 1, Maximum = 2 } },
            ],
        })),
        ["SendCommand"] = Ssm(c => c.SendCommandAsync(new()
        {
            DocumentName = "Watchdog-FleetInspect",
            DocumentVersion = "3",
            DocumentHash = "abc",
            DocumentHashType = DocumentHashType.Sha256,
            InstanceIds = ["i-1", "i-2"],
            Targets = [new() { Key = "tag:a", Values = ["b"] }],
            Parameters = new() { ["depth"] = ["1"] },
            MaxConcurrency = "50",
            MaxErrors = "0",
            TimeoutSeconds = 60,
            Comment = "op-1 \"é\"",
        })),
        ["GetCommandInvocation"] = Ssm(c => c.GetCommandInvocationAsync(new() { CommandId = "c-1", InstanceId = "i-1", PluginName = "inspect" })),
        ["ListCommandInvocations"] = Ssm(c => c.ListCommandInvocationsAsync(new()
        {
            CommandId = "c-1",
            InstanceId = "i-1",
            Details = true,
            MaxResults = 50,
            NextToken = "t",
            Filters = [new() { Key = CommandFilterKey.Status, Value = "Failed" }],
        })),
        ["CancelCommand"] = Ssm(c => c.CancelCommandAsync(new() { CommandId = "c-1", InstanceIds = ["i-1"] })),
        ["DescribeInstanceInformation"] = Ssm(c => c.DescribeInstanceInformationAsync(new()
        {
            Filters = [new() { Key = "PingStatus", Values = ["ConnectionLost", "Inactive"] }],
            MaxResults = 50,
            NextToken = "t",
        })),
    };

    /// <summary>The service's name in the signature.</summary>
    public static string Service(string operation) => operation switch
    {
        "GetMetricData" or "PutMetricData" => "monitoring",
        "SendCommand" or "GetCommandInvocation" or "ListCommandInvocations" or "CancelCommand" or "DescribeInstanceInformation" => "ssm",
        _ => "ec2",
    };

    private static Func<LoopbackService, Task<AmazonWebServiceResponse>> Ec2<T>(Func<IAmazonEC2, Task<T>> call)
        where T : AmazonWebServiceResponse => service => With(service.Ec2(), call);

    private static Func<LoopbackService, Task<AmazonWebServiceResponse>> CloudWatch<T>(Func<IAmazonCloudWatch, Task<T>> call)
        where T : AmazonWebServiceResponse => service => With(service.CloudWatch(), call);

    private static Func<LoopbackService, Task<AmazonWebServiceResponse>> Ssm<T>(Func<IAmazonSimpleSystemsManagement, Task<T>> call)
        where T : AmazonWebServiceResponse => service => With(service.Ssm(), call);

    private static async Task<AmazonWebServiceResponse> With<TClient, T>(TClient client, Func<TClient, Task<T>> call)
        where TClient : IDisposable
        where T : AmazonWebServiceResponse
    {
        using (client)
            return await call(client);
    }
}
