using Microsoft.Extensions.DependencyInjection;
using Watchdog.FleetSim.Fleet;
using Watchdog.Sweeps;
using Watchdog.Tests.Drills;
using Xunit.Abstractions;

namespace Watchdog.Tests.Sweeps;

/// <summary>As many VMs boot within ten minutes as were running: played with EC2's and CloudWatch's buckets on both sides.</summary>
public sealed class BootStormTests(ITestOutputHelper output)
{
    [Fact]
    public Task Nobody_is_suspected_for_booting_and_everybody_is_seen_again_ten_minutes_after_the_first_points_can_be() => StormAsync(500, 500);

    [Fact]
    [Trait("Category", "Drill")]
    [Trait("Drill", "Long")]
    public Task Ten_times_as_many_boot_on_ten_times_as_many() => StormAsync(5_000, 5_000);

    private async Task StormAsync(int running, int booting)
    {
        var plan = new FleetPlanOptions
        {
            Vms = running + booting, Arrivals = booting, ArrivalsFrom = TimeSpan.FromMinutes(20), ArrivalsWithin = TimeSpan.FromMinutes(10), Seed = 21, AbuseShare = 0,
        };
        await using var fleet = await DrillFleet.StartAsync(plan);
        await using var worker = fleet.Worker(null);
        var booted = fleet.Region.State.Vms.Skip(running).Select(vm => vm.InstanceId).ToArray();
        var from = plan.Epoch + plan.ArrivalsFrom;
        await fleet.PlayAsync(worker, from, acts: true, () => Task.FromResult(false));
        var (calls, heap) = (Calls(fleet), GC.GetTotalMemory(forceFullCollection: true));

        // The last boot's first period of five minutes ends five to ten minutes after it and is published within five more.
        await fleet.PlayAsync(worker, from + plan.ArrivalsWithin + TimeSpan.FromMinutes(26), acts: true, () => Task.FromResult(false));

        Assert.Equal(0L, await fleet.Database.ScalarAsync<long>("select count(*) from episode where instance_id = any($1)", (object)booted));
        Assert.Equal(0L, await fleet.Database.ScalarAsync<long>("select count(*) from case_file"));
        Assert.Equal(0L, await fleet.Database.ScalarAsync<long>("select count(*) from act where purpose <> 'idle' or instance_id = any($1)", (object)booted));
        var seen = await fleet.Database.ScalarAsync<long>("select sum(seen) from shard_run where at = (select max(at) from shard_run)");
        var judged = await fleet.Database.ScalarAsync<long>("select sum(judged) from shard_run where at = (select max(at) from shard_run)");
        Assert.InRange(seen, (long)((running + booting) * 0.9), running + booting);
        Assert.True(judged > 0.99 * seen, $"{judged} of {seen}");
        Assert.Equal(0L, fleet.Region.RefusedByBuckets);
        Assert.Equal(0, worker.GetRequiredService<Pipeline>().Failures);
        var grown = (GC.GetTotalMemory(forceFullCollection: true) - heap) >> 20;
        output.Tell($"{booting} VMs booted within 10 min on top of {running}: no verdict on them; {judged} of {seen} judged 26 min after the last boot; {Calls(fleet) - calls} calls meanwhile, none refused by a bucket; worker, Region and runner together hold {grown} MiB more");
    }

    private static long Calls(DrillFleet fleet) => fleet.Region.CallCounts.Values.Sum();
}
