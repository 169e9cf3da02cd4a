using Watchdog.Detectors.Facts;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Sweeps;

public class SweepBaselineTests
{
    private const string Old = "i-0000000000000bbbb";
    private const string Young = "i-0000000000000cccc";
    private const string Hot = "i-0000000000000aaaa";

    [Fact]
    public async Task An_old_VM_gets_its_usual_level_from_three_days_of_CloudWatch_once()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Old, DateTimeOffset.MaxValue, 0, 0));

        await world.RunAsync(30);

        Assert.Equal(72, await KnownHoursAsync(world, Old));
        Assert.Single(world.Region.MetricCalls, call => call.Points == 864);
    }

    [Fact]
    public async Task A_young_VM_gathers_its_hours_as_they_end_one_write_an_hour()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Young, DateTimeOffset.MaxValue, 0, 0));
        world.Region.Vms[0] = FakeRegion.Vm(Young, world.Now.AddMinutes(-5));
        var launch = world.Now.AddMinutes(-5);
        var play = world.Region.Point;
        world.Region.Point = (id, metric, at) => at < launch ? null : play(id, metric, at);

        await world.RunAsync(150);

        Assert.Equal(2, await KnownHoursAsync(world, Young));
        Assert.DoesNotContain(world.Region.MetricCalls, call => call.Points == 864);
    }

    [Fact]
    public async Task Under_a_suspicion_the_abuse_does_not_become_the_usual()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Hot, world.Now.AddMinutes(20), 98.5f, 3_000));
        world.Region.Agents[Hot] = AgentState.ConnectionLost;

        await world.RunAsync(6 * 60, step: 20);

        Assert.True(await HighestAsync(world, Hot) < 50);
    }

    [Fact]
    public async Task A_quiet_old_VM_is_screened_each_fifteen_minutes_and_a_young_one_each_five()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play((Old, DateTimeOffset.MaxValue, 0, 0), (Young, DateTimeOffset.MaxValue, 0, 0));
        world.Region.Vms[1] = FakeRegion.Vm(Young, world.Now.AddHours(-20));
        // What changed lately is young for an hour: let that pass first.
        await world.RunAsync(65, step: 5);
        world.Region.MetricCalls.Clear();

        await world.RunAsync(60, step: 1);

        Assert.InRange(world.Region.MetricCalls.Count(call => call.Ids.Contains(Old)), 4, 5);
        // One tick may lie between the last sweep before and the first after.
        Assert.InRange(world.Region.MetricCalls.Count(call => call.Ids.Contains(Young)), 12, 13);
    }

    private static async Task<int> KnownHoursAsync(SweepWorld world, string id)
    {
        var (means, p95s, end) = await LoadAsync(world, id);
        return new Baseline(means, p95s, end).KnownHours;
    }

    private static async Task<float> HighestAsync(SweepWorld world, string id) =>
        (await LoadAsync(world, id)).P95s.Where(value => !float.IsNaN(value)).Max();

    private static async Task<(float[] Means, float[] P95s, long End)> LoadAsync(SweepWorld world, string id)
    {
        var bytes = await world.Database.ScalarAsync<byte[]>("select hours from vm_baseline where instance_id = $1", id);
        float[] means = new float[Baseline.Hours], p95s = new float[Baseline.Hours];
        Assert.True(BaselineCodec.TryDecode(bytes, means, p95s, out var end));
        return (means, p95s, end);
    }
}
