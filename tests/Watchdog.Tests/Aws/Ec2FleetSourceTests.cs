using Watchdog.Detectors.Facts;
using Watchdog.FleetSim.Failing;
using Watchdog.FleetSim.Fleet;
using Watchdog.Inventory;
using static Watchdog.Tests.Aws.SimulatedAws;

namespace Watchdog.Tests.Aws;

public class Ec2FleetSourceTests
{
    [Fact]
    public async Task A_fleet_is_listed_in_as_few_pages_as_aws_allows_and_every_attempt_is_counted()
    {
        await using var aws = await StartAsync(Vms(2_500));
        aws.Region.Faults.FailNext("ec2:DescribeInstances", FaultKind.Throttle, 2);

        var vms = await ListAsync(aws);

        Assert.Equal(Enumerable.Range(0, 2_500).Select(Id), vms.Select(vm => vm.InstanceId).Order());
        Assert.Equal(5, aws.Calls.Calls["ec2:DescribeInstances"]);
        Assert.Equal(aws.Region.CallCounts["ec2:DescribeInstances"], aws.Calls.Calls["ec2:DescribeInstances"]);
        Assert.Equal(0m, aws.Calls.Usd);
    }

    [Fact]
    public async Task A_large_fleet_is_listed_by_zone_side_by_side_and_a_zone_that_nobody_knew_is_not_missed()
    {
        string[] zones = ["us-east-1a", "us-east-1b", "us-east-1-bos-1a", "us-east-1-wl1-bos-wlz-1", "us-east-1c"];
        int[] sizes = [4_000, 2_100, 300, 5, 7];
        await using var aws = await StartAsync([.. zones.Zip(sizes).SelectMany(zone => Enumerable.Repeat(zone.First, zone.Second)).Select((zone, i) => Vm(i, zone: zone))]);

        Assert.Equal(6_412, (await ListAsync(aws)).Count);
        Assert.Equal(7, aws.Calls.Calls["ec2:DescribeInstances"]);
        var again = await ListAsync(aws);

        Assert.Equal(Enumerable.Range(0, 6_412).Select(Id), again.Select(vm => vm.InstanceId).Order());
        // Five pages of zones that end in a, three of all others: 2,100 and 12.
        Assert.Equal(7 + 5 + 3, aws.Calls.Calls["ec2:DescribeInstances"]);

        aws.Region.Faults.DeniedActions["ec2:DescribeInstances"] = true;
        Assert.Equal("UnauthorizedOperation", (await Assert.ThrowsAsync<FleetSourceException>(() => ListAsync(aws))).Code);
    }

    [Fact]
    public async Task Who_stops_listening_leaves_no_stream_behind()
    {
        await using var aws = await StartAsync([.. Enumerable.Range(0, 9_000).Select(i => Vm(i, zone: i % 2 == 0 ? "us-east-1a" : "us-east-1b"))]);
        await ListAsync(aws);
        await foreach (var page in aws.Fleet.ListAsync(Here, default))
        {
            Assert.Equal(1_000, page.Count);
            break;
        }

        // Each stream had read a page ahead of what was taken at most.
        Assert.InRange(aws.Calls.Calls["ec2:DescribeInstances"], 10, 9 + 7);
    }

    [Fact]
    public async Task A_vm_comes_with_what_the_rooms_need_of_it()
    {
        await using var aws = await StartAsync(Vms(1));

        var vm = Assert.Single(await ListAsync(aws));

        Assert.Equal(("running", "m5.large", 2, "us-east-1a", Start.AddDays(-1)), (vm.State, vm.InstanceType, vm.Vcpus, vm.Zone, vm.LaunchTime));
        Assert.Equal(("ann", "pro", "true"), (vm.Tags["watchdog:owner"], vm.Tags["plan"], vm.Tags["watchdog:managed"]));
        Assert.StartsWith("vpc-", vm.VpcId, StringComparison.Ordinal);
        Assert.NotEmpty(vm.Interfaces);
        Assert.All(vm.Interfaces, nic => Assert.NotEmpty(nic.Groups));
        Assert.Equal("ebs", vm.RootDeviceType);
    }

    [Fact]
    public async Task Only_vms_with_the_configured_tag_are_listed()
    {
        await using var aws = await StartAsync(Vms(3), ("Inventory:ManagedTag", "team"), ("Inventory:ManagedValue", "blue"));
        await aws.Actuator.TagAsync(Here, Id(1), new Dictionary<string, string> { ["team"] = "blue" }, default);
        aws.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Id(1), Assert.Single(await ListAsync(aws)).InstanceId);
    }

    [Fact]
    public async Task A_refused_listing_says_why()
    {
        await using var aws = await StartAsync(Vms(1));
        aws.Region.Faults.DeniedActions["ec2:DescribeInstances"] = true;

        var fault = await Assert.ThrowsAsync<FleetSourceException>(() => ListAsync(aws));

        Assert.Equal("UnauthorizedOperation", fault.Code);
    }

    [Fact]
    public async Task A_cut_off_page_is_asked_again_and_garbage_is_no_listing()
    {
        await using var aws = await StartAsync(Vms(3), ("Aws:ReadRetries", "1"));
        aws.Region.Faults.FailNext("ec2:DescribeInstances", FaultKind.Truncate);
        Assert.Equal(3, (await ListAsync(aws)).Count);

        aws.Region.Faults.FailNext("ec2:DescribeInstances", FaultKind.Garbage, 2);
        await Assert.ThrowsAsync<FleetSourceException>(() => ListAsync(aws));
    }

    [Fact]
    public async Task Each_check_is_asked_for_by_itself()
    {
        var since = Start.AddMinutes(-7);
        await using var aws = await StartAsync(
        [
            Vm(0),
            Vm(1, new Steady { Checks = _ => new(true, false, false, since) }),
            Vm(2, new Steady { Checks = _ => new(false, true, false, since) }),
            Vm(3, new Steady { Checks = _ => new(false, false, true, since) }),
        ]);

        var listed = (await aws.Fleet.ListStatusAsync(Here, default)).ToDictionary(status => status.InstanceId, status => status.Status);

        Assert.Equal([Id(1), Id(2), Id(3)], listed.Keys.Order());
        Assert.Equal((CheckState.Impaired, CheckState.Ok), (listed[Id(1)].Instance, listed[Id(1)].System));
        Assert.Equal(CheckState.Impaired, listed[Id(2)].System);
        Assert.Equal(CheckState.Impaired, listed[Id(3)].Ebs);
        Assert.All(listed.Values, status => Assert.Equal(since, status.ImpairedSince));
        Assert.Equal(3, aws.Calls.Calls["ec2:DescribeInstanceStatus"]);
    }

    [Fact]
    public async Task A_booting_vm_is_listed_as_initializing()
    {
        await using var aws = await StartAsync([new SimulatedVm
        {
            InstanceId = Id(0), Index = 0, Seed = 5, InstanceType = "m5.large", Vcpus = 2, ImageId = "ami-1", Owner = "ann", Plan = "pro",
            AvailabilityZone = "us-east-1a", LaunchTime = Start.AddSeconds(-70), Behaviour = new Steady(),
        }]);

        Assert.Equal(CheckState.Initializing, Assert.Single(await aws.Fleet.ListStatusAsync(Here, default)).Status.Instance);
    }

    [Fact]
    public async Task One_question_without_an_answer_fails_the_whole_status_listing()
    {
        await using var aws = await StartAsync(Vms(1), ("Aws:ReadRetries", "0"));
        aws.Region.Faults.FailNext("ec2:DescribeInstanceStatus", FaultKind.None, 2);
        aws.Region.Faults.FailNext("ec2:DescribeInstanceStatus", FaultKind.ServerError);

        await Assert.ThrowsAsync<FleetSourceException>(() => aws.Fleet.ListStatusAsync(Here, default));
    }

    private static async Task<List<ListedVm>> ListAsync(SimulatedAws aws)
    {
        List<ListedVm> vms = [];
        await foreach (var page in aws.Fleet.ListAsync(Here, default))
        {
            vms.AddRange(page);
        }

        return vms;
    }
}
