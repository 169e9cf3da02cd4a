using System.Xml.Linq;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Ec2;

public sealed class TagTests
{
    [Fact]
    public async Task Tags_overwrite_and_filters_see_them_a_little_later()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(2));
        await Create(host, TestFleet.Id(1), ("watchdog:case", "7"), ("plan", "blocked"));
        Assert.Empty(await Tagged(host, "watchdog:case", "7"));
        host.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal([TestFleet.Id(1)], await Tagged(host, "watchdog:case", "7"));
        Assert.Equal([TestFleet.Id(1)], await Tagged(host, "plan", "blocked"));
        Assert.Equal([TestFleet.Id(1)], (await host.Ec2("DescribeInstances", Fields.Filter(1, "tag-key", "watchdog:case"))).Ids());
        Assert.Equal(2, (await Tagged(host, "watchdog:managed", "true")).Length);
    }

    [Fact]
    public async Task A_delete_with_a_value_removes_only_an_equal_tag()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        await Create(host, TestFleet.Id(0), ("a", "1"), ("b", "2"));
        await host.Ec2("DeleteTags", ("ResourceId.1", TestFleet.Id(0)), ("Tag.1.Key", "a"), ("Tag.1.Value", "other"), ("Tag.2.Key", "b"));
        host.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Single(await Tagged(host, "a", "1"));
        Assert.Empty(await Tagged(host, "b", "2"));
    }

    [Fact]
    public async Task One_unknown_resource_leaves_all_untagged()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        foreach (var (id, code) in new[]
        {
            (TestFleet.Id(9), "InvalidInstanceID.NotFound"), ("eni-0123456789abcdef0", "InvalidNetworkInterfaceID.NotFound"),
            ("vol-0123456789abcdef0", "InvalidVolume.NotFound"), ("rtb-0123456789abcdef0", "InvalidID"),
        })
        {
            var failure = await host.Ec2Fails("CreateTags", [.. Fields.Numbered("ResourceId", [TestFleet.Id(0), id]), ("Tag.1.Key", "a"), ("Tag.1.Value", "1")]);
            Assert.Equal(code, failure.Code);
        }

        host.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(await Tagged(host, "a", "1"));
    }

    [Fact]
    public async Task Limits_of_AWS_hold()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        Assert.Equal("InvalidParameterValue", (await Refused(host, ("k", new string('v', 257)))).Code);
        Assert.Equal("InvalidParameterValue", (await Refused(host, (new string('k', 129), "v"))).Code);
        Assert.Equal("InvalidParameterValue", (await Refused(host, ("aws:k", "v"))).Code);
        Assert.Equal("TagLimitExceeded", (await Refused(host, [.. Enumerable.Range(0, 47).Select(i => ($"k{i}", "v"))])).Code);
        await Create(host, TestFleet.Id(0), [.. Enumerable.Range(0, 46).Select(i => ($"k{i}", "v"))]);
        Assert.Equal("DryRunOperation",
            (await host.Ec2Fails("CreateTags", ("ResourceId.1", TestFleet.Id(0)), ("Tag.1.Key", "k1"), ("Tag.1.Value", ""), ("DryRun", "true"))).Code);
    }

    [Fact]
    public async Task Interfaces_and_volumes_take_tags_too()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        var vm = host.Region.State.Vms[0];
        await Create(host, VmShape.InterfaceId(vm, 0), ("held", "yes"));
        await Create(host, VmShape.VolumeId(vm), ("held", "yes"));
        Assert.Equal("yes", host.Region.State.OtherTagsAt(VmShape.InterfaceId(vm, 0), host.Now)["held"]);
        Assert.Equal("true", host.Region.State.OtherTagsAt(VmShape.VolumeId(vm), host.Now)["watchdog:managed"]);
    }

    private static Task<XElement> Create(Host host, string id, params (string Key, string Value)[] tags) => host.Ec2("CreateTags", Request(id, tags));

    private static Task<AwsFailure> Refused(Host host, params (string Key, string Value)[] tags) => host.Ec2Fails("CreateTags", Request(TestFleet.Id(0), tags));

    private static (string, string)[] Request(string id, (string Key, string Value)[] tags) =>
        [("ResourceId.1", id), .. tags.SelectMany((t, i) => new[] { ($"Tag.{i + 1}.Key", t.Key), ($"Tag.{i + 1}.Value", t.Value) })];

    private static async Task<string[]> Tagged(Host host, string key, string value) =>
        (await host.Ec2("DescribeInstances", Fields.Filter(1, "tag:" + key, value))).Ids();
}
