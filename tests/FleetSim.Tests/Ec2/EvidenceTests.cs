using System.Text;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Ec2;

/// <summary>Snapshots and console text.</summary>
public sealed class EvidenceTests
{
    [Fact]
    public async Task A_snapshot_is_pending_then_completed_and_found_by_its_tag()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(2));
        var made = await host.Ec2("CreateSnapshots", ("InstanceSpecification.InstanceId", TestFleet.Id(0)), ("CopyTagsFromSource", "volume"),
            ("TagSpecification.1.ResourceType", "snapshot"), ("TagSpecification.1.Tag.1.Key", "watchdog:op"), ("TagSpecification.1.Tag.1.Value", "op-1"));
        Assert.Equal("pending", made.Descendants("state").Single().Value);
        Assert.Contains(made.Descendants("key"), k => k.Value == "watchdog:managed");
        (string, string)[] byTag = Fields.Filter(1, "tag:watchdog:op", "op-1");
        Assert.Empty((await host.Ec2("DescribeSnapshots", byTag)).Descendants("snapshotId"));
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("pending", (await host.Ec2("DescribeSnapshots", byTag)).Descendants("status").Single().Value);
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        var done = await host.Ec2("DescribeSnapshots", byTag);
        Assert.Equal(("completed", "100%"), (done.Descendants("status").Single().Value, done.Descendants("progress").Single().Value));
        Assert.Empty((await host.Ec2("DescribeSnapshots", Fields.Filter(1, "tag:watchdog:op", "op-2"))).Descendants("snapshotId"));
    }

    [Fact]
    public async Task A_second_snapshot_of_a_volume_at_once_meets_the_rate_of_a_volume()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        await host.Ec2("CreateSnapshots", ("InstanceSpecification.InstanceId", TestFleet.Id(0)));
        Assert.Equal("SnapshotCreationPerVolumeRateExceeded",
            (await host.Ec2Fails("CreateSnapshots", ("InstanceSpecification.InstanceId", TestFleet.Id(0)))).Code);
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        await host.Ec2("CreateSnapshots", ("InstanceSpecification.InstanceId", TestFleet.Id(0)));
        Assert.Equal(2, host.Region.State.Snapshots.All.Count);
    }

    [Fact]
    public async Task The_latest_console_text_is_of_now_and_the_posted_one_of_the_boot()
    {
        await using var host = await Host.StartAsync([TestFleet.Vm(0), TestFleet.Vm(1, type: "t2.micro")]);
        var since = host.Region.State.Vms[0].LaunchTime + VmShape.BootTime(host.Region.State.Vms[0]);
        Assert.EndsWith($"up {(host.Now - since).TotalSeconds} s\n", Text(await host.Ec2("GetConsoleOutput", ("InstanceId", TestFleet.Id(0)), ("Latest", "true"))), StringComparison.Ordinal);
        Assert.EndsWith("up 300 s\n", Text(await host.Ec2("GetConsoleOutput", ("InstanceId", TestFleet.Id(0)))), StringComparison.Ordinal);
        Assert.Equal("UnsupportedOperation", (await host.Ec2Fails("GetConsoleOutput", ("InstanceId", TestFleet.Id(1)), ("Latest", "true"))).Code);
    }

    [Fact]
    public async Task Console_text_keeps_its_last_64_KiB()
    {
        await using var host = await Host.StartAsync([TestFleet.Vm(0, new PlainBehaviour { Console = _ => new string('a', 70_000) + "Kernel panic - not syncing" })]);
        var text = Text(await host.Ec2("GetConsoleOutput", ("InstanceId", TestFleet.Id(0)), ("Latest", "true")));
        Assert.Equal(65_536, text.Length);
        Assert.EndsWith("Kernel panic - not syncing", text, StringComparison.Ordinal);
    }

    private static string Text(System.Xml.Linq.XElement answer) => Encoding.UTF8.GetString(Convert.FromBase64String(answer.Element("output")!.Value));
}
