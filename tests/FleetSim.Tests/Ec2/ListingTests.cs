using System.Globalization;
using System.Xml.Linq;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Ec2;

public sealed class ListingTests
{
    [Fact]
    public async Task Every_page_size_yields_every_instance_exactly_once_in_both_listings()
    {
        const int Fleet = 53;
        await using var host = await Host.StartAsync(TestFleet.Vms(Fleet));
        foreach (var action in new[] { "DescribeInstances", "DescribeInstanceStatus" })
        {
            for (var size = 5; size <= Fleet + 2; size++)
            {
                var pages = await Pages(host, action, size);
                Assert.Equal((Fleet + size - 1) / size, pages.Count);
                Assert.All(pages.SkipLast(1), page => Assert.Equal(size, page.Ids().Length));
                Assert.Equal(Enumerable.Range(0, Fleet).Select(TestFleet.Id), pages.SelectMany(p => p.Ids()));
            }
        }
    }

    [Fact]
    public async Task Pages_of_a_filter_hold_what_matches_only()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(60));
        var pages = await Pages(host, "DescribeInstances", 7, Fields.Filter(1, "tag:watchdog:owner", "owner-3"));
        Assert.Equal([7, 5], pages.Select(p => p.Ids().Length));
        Assert.Equal(Enumerable.Range(0, 60).Where(i => i % 5 == 3).Select(TestFleet.Id), pages.SelectMany(p => p.Ids()));
    }

    [Theory]
    [InlineData("4")]
    [InlineData("1001")]
    [InlineData("many")]
    public async Task A_page_size_outside_5_to_1000_is_refused(string size)
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        var failure = await host.Ec2Fails("DescribeInstances", ("MaxResults", size));
        Assert.Equal((400, "InvalidParameterValue"), (failure.Status, failure.Code));
    }

    [Fact]
    public async Task MaxResults_and_ids_exclude_each_other()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        var failure = await host.Ec2Fails("DescribeInstances", ("MaxResults", "5"), ("InstanceId.1", TestFleet.Id(0)));
        Assert.Equal("InvalidParameterCombination", failure.Code);
    }

    [Fact]
    public async Task A_token_is_good_only_for_the_listing_that_gave_it()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(20));
        var token = (await host.Ec2("DescribeInstances", ("MaxResults", "5"))).Element("nextToken")!.Value;
        Assert.Equal("InvalidNextToken", (await host.Ec2Fails("DescribeInstances", ("MaxResults", "5"), ("NextToken", "made up"))).Code);
        Assert.Equal("InvalidNextToken", (await host.Ec2Fails("DescribeInstanceStatus", ("MaxResults", "5"), ("NextToken", token))).Code);
        Assert.Equal("InvalidNextToken", (await host.Ec2Fails("DescribeInstances",
            [("MaxResults", "5"), ("NextToken", token), .. Fields.Filter(1, "tag-key", "plan")])).Code);
    }

    [Fact]
    public async Task Without_MaxResults_a_page_has_the_default_size()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1200), new SimulatedRegionOptions { RealTokenBuckets = false });
        var first = await host.Ec2("DescribeInstances");
        Assert.Equal(1000, first.Ids().Length);
        Assert.Equal(200, (await host.Ec2("DescribeInstances", ("NextToken", first.Element("nextToken")!.Value))).Ids().Length);
    }

    [Theory]
    [InlineData("DescribeInstances", "instance-state", "The filter 'instance-state' is invalid")]
    [InlineData("DescribeInstanceStatus", "tag:plan", "The filter 'tag:plan' is invalid")]
    [InlineData("DescribeSecurityGroups", "colour", "The filter 'colour' is invalid")]
    public async Task An_unknown_filter_is_an_error_even_where_nothing_matches(string action, string name, string message)
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(3));
        var failure = await host.Ec2Fails(action, Fields.Filter(1, name, "x"));
        Assert.Equal("InvalidParameterValue", failure.Code);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("instance-state-name", "running", 8)]
    [InlineData("instance-state-name", "stopped", 0)]
    [InlineData("instance-state-code", "16", 8)]
    [InlineData("availability-zone", "us-east-1b", 4)]
    [InlineData("tag:plan", "paid", 2)]
    [InlineData("tag:plan", "p?id", 2)]
    [InlineData("tag:plan", "*", 8)]
    [InlineData("tag:plan", "\\*", 0)]
    [InlineData("tag:Plan", "paid", 0)]
    [InlineData("tag-key", "watchdog:*", 8)]
    [InlineData("tag-key", "absent", 0)]
    [InlineData("vpc-id", "vpc-*", 8)]
    public async Task A_filter_selects(string name, string value, int expected)
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(8));
        Assert.Equal(expected, (await host.Ec2("DescribeInstances", Fields.Filter(1, name, value))).Ids().Length);
    }

    [Fact]
    public async Task Filters_are_anded_and_their_values_ored()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(10));
        var answer = await host.Ec2("DescribeInstances",
            [.. Fields.Filter(1, "tag:watchdog:owner", "owner-1", "owner-2"), .. Fields.Filter(2, "availability-zone", "us-east-1a")]);
        Assert.Equal([TestFleet.Id(2), TestFleet.Id(6)], answer.Ids());
    }

    [Fact]
    public async Task Absent_ids_are_simply_absent_from_a_filter_but_fail_a_listing_by_ids()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(2));
        var gone = TestFleet.Id(99);
        Assert.Equal([TestFleet.Id(1)], (await host.Ec2("DescribeInstances", Fields.Filter(1, "instance-id", gone, TestFleet.Id(1)))).Ids());
        var failure = await host.Ec2Fails("DescribeInstances", Fields.Numbered("InstanceId", [TestFleet.Id(1), gone]));
        Assert.Equal("InvalidInstanceID.NotFound", failure.Code);
        Assert.Contains($"The instance ID '{gone}' does not exist", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listing_by_ids_goes_page_by_page_in_the_fleets_order_each_VM_once()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(20));
        var wanted = Fields.Filter(1, "instance-id", [.. Enumerable.Range(3, 9).Reverse().Append(5).Select(TestFleet.Id)]);
        var first = await host.Ec2("DescribeInstances", [.. wanted, ("MaxResults", "5")]);
        var second = await host.Ec2("DescribeInstances", [.. wanted, ("MaxResults", "5"), ("NextToken", first.Element("nextToken")!.Value)]);
        Assert.Equal(Enumerable.Range(3, 9).Select(TestFleet.Id), first.Ids().Concat(second.Ids()));
        Assert.Null(second.Element("nextToken"));
    }

    [Fact]
    public async Task A_VM_is_listed_a_little_after_its_launch_and_pending_until_it_runs()
    {
        await using var host = await Host.StartAsync([TestFleet.Vm(0), TestFleet.Vm(1, launch: TestFleet.Start.AddMinutes(1))]);
        Assert.Single((await host.Ec2("DescribeInstances")).Ids());
        host.Clock.Advance(TimeSpan.FromSeconds(62));
        Assert.Single((await host.Ec2("DescribeInstances")).Ids());
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("pending", StateOf(await host.Ec2("DescribeInstances"), 1));
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("running", StateOf(await host.Ec2("DescribeInstances"), 1));
    }

    [Fact]
    public async Task An_instance_shows_the_fields_that_a_sweep_reads()
    {
        await using var host = await Host.StartAsync([TestFleet.VmWith(0, vm => VmShape.InterfaceCount(vm) == 3 && !VmShape.BehindNat(vm))]);
        var instance = (await host.Ec2("DescribeInstances")).Descendants("instancesSet").Single().Element("item")!;
        Assert.Equal("t3.medium", instance.Element("instanceType")!.Value);
        Assert.Equal("2026-03-01T10:00:00.000Z", instance.Element("launchTime")!.Value);
        Assert.Equal("us-east-1a", instance.Element("placement")!.Element("availabilityZone")!.Value);
        Assert.Equal("ebs", instance.Element("rootDeviceType")!.Value);
        Assert.StartsWith("vol-", instance.Element("blockDeviceMapping")!.Descendants("volumeId").Single().Value, StringComparison.Ordinal);
        var interfaces = instance.Element("networkInterfaceSet")!.Elements("item").ToList();
        Assert.Equal(["0", "1", "2"], interfaces.Select(e => e.Element("attachment")!.Element("deviceIndex")!.Value));
        Assert.Equal(3, interfaces.Select(e => e.Element("networkInterfaceId")!.Value).Distinct().Count());
        Assert.All(interfaces, e => Assert.NotEmpty(e.Element("groupSet")!.Descendants("groupId")));
        Assert.Equal(interfaces[0].Element("groupSet")!.ToString(), instance.Element("groupSet")!.ToString());
        Assert.NotEqual(interfaces[0].Element("groupSet")!.ToString(), interfaces[1].Element("groupSet")!.ToString());
        Assert.Equal("owner-0", instance.Element("tagSet")!.Elements("item").Single(t => t.Element("key")!.Value == "watchdog:owner").Element("value")!.Value);
        Assert.NotNull(instance.Element("ipAddress"));
        Assert.Equal("2", instance.Element("cpuOptions")!.Elements().Aggregate(1, (n, e) => n * int.Parse(e.Value, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Owners_with_markup_in_their_names_do_not_break_the_document()
    {
        var vm = TestFleet.Vm(0);
        var odd = new SimulatedVm
        {
            InstanceId = vm.InstanceId, Index = 0, Seed = 1, InstanceType = "t3.nano", Vcpus = 2, ImageId = "ami-1", Owner = "<a>&\"]]>\u0001é\r", Plan = "free",
            AvailabilityZone = "us-east-1a", LaunchTime = vm.LaunchTime, Behaviour = vm.Behaviour,
        };
        await using var host = await Host.StartAsync([odd]);
        var tags = (await host.Ec2("DescribeInstances")).Descendants("tagSet").Single();
        Assert.Contains(tags.Descendants("value"), v => v.Value == "<a>&\"]]>?é\r");
    }

    private static string StateOf(XElement answer, int index) =>
        answer.Descendants("instancesSet").Select(s => s.Element("item")!)
            .Single(i => i.Element("instanceId")!.Value == TestFleet.Id(index)).Element("instanceState")!.Element("name")!.Value;

    private static async Task<List<XElement>> Pages(Host host, string action, int size, params (string, string)[] fields)
    {
        var pages = new List<XElement>();
        string? token = null;
        do
        {
            (string, string)[] more = token is null ? [] : [("NextToken", token)];
            var page = await host.Ec2(action, [.. fields, ("MaxResults", size.ToString(CultureInfo.InvariantCulture)), .. more]);
            pages.Add(page);
            token = page.Element("nextToken")?.Value;
        }
        while (token is not null);
        return pages;
    }
}
