using Watchdog.Detectors.Findings;
using Watchdog.Telemetry;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Tests.Sweeps;

public class SweepCohortTests
{
    private const string New = "i-0000000000000cafe";

    private static string Old(int index) => FormattableString.Invariant($"i-00000000000000{index:x3}");

    [Fact]
    public async Task A_throttled_miner_on_a_new_VM_is_found_by_what_VMs_of_its_type_and_image_usually_take()
    {
        await using var world = await WorldAsync(neighbours: 10);

        var opened = Assert.Single(world.Told, change => change.Step == EpisodeStep.Opened);
        Assert.Equal((FindingClass.Miner, New), (opened.Finding.Class, opened.Vm.InstanceId));
        Assert.Contains("the cohort of 10 VMs of m5.large with image ami-1 is usually at 4 % or less", opened.Finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_neighbours_are_no_measure_and_the_fixed_level_holds()
    {
        await using var world = await WorldAsync(neighbours: 5);

        Assert.Empty(world.Told);
    }

    [Fact]
    public async Task Neighbours_of_another_image_do_not_count()
    {
        await using var world = await WorldAsync(neighbours: 10, image: "ami-2");

        Assert.Empty(world.Told);
    }

    // Old VMs at 4 %, and one launched a while ago that has been at 45 % since.
    private static async Task<SweepWorld> WorldAsync(int neighbours, string image = "ami-1")
    {
        var world = await SweepWorld.CreateAsync();
        var launch = world.Now.AddMinutes(10);
        world.Play([(New, launch, 45f, 3_000), .. Enumerable.Range(0, neighbours).Select(i => (Old(i), DateTimeOffset.MaxValue, 0f, 0f))]);
        world.Region.Agents[New] = AgentState.ConnectionLost;
        world.Region.Vms[0] = FakeRegion.Vm(New, launch) with { ImageId = image };
        var play = world.Region.Point;
        world.Region.Point = (id, metric, at) => id == New && at < launch ? null : play(id, metric, at);
        await world.RunAsync(90);
        return world;
    }
}
