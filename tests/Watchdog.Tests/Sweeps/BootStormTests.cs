using Microsoft.Extensions.DependencyInjection;
using Watchdog.FleetSim.Fleet;
using Watchdog.Sweeps;
using Watchdog.Tests.Drills;
using Xunit.Abstractions;

namespace Watchdog.Tests.Sweeps;

/// <summary>As many VMs boot within ten minutes as were running: what <c>scripts/bench storm</c> measures of 50,000, small.</summary>
public sealed class BootStormTests(ITestOutputHelper output)
{
    private const int Running = 500;
    private const int Booting = 500;

    [Fact]
    public async Task Nobody_is_suspected_for_booting_and_everybody_is_seen_again_ten_minutes_after_the_first_points_can_be()
    {
        var plan = new FleetPlanOptions
        {
            Vms = Running + Booting, Arrivals = Booting, ArrivalsFrom = TimeSpan.FromMinutes(20), ArrivalsWithin = TimeSpan.FromMinutes(10), Seed = 21, AbuseShare = 0,
        };
        await using var fleet = await DrillFleet.StartAsync(plan);
        await using var worker = fleet.Worker(null);
        var booted = fleet.Region.State.Vms.Skip(Running).Select(vm => vm.InstanceId).ToArray();

        // The last boot's first period of five minutes ends five to ten minutes after it and is published within five more.
        var end = plan.Epoch + plan.ArrivalsFrom + plan.ArrivalsWithin;
        await fleet.PlayAsync(worker, end.AddMinutes(26), acts: true, () => Task.FromResult(false));

        Assert.Equal(0L, await fleet.Database.ScalarAsync<long>("select count(*) from episode where instance_id = any($1)", (object)booted));
        Assert.Equal(0L, await fleet.Database.ScalarAsync<long>("select count(*) from case_file"));
        Assert.Equal(0L, await fleet.Database.ScalarAsync<long>("select count(*) from act where purpose <> 'idle' or instance_id = any($1)", (object)booted));
        var seen = await fleet.Database.ScalarAsync<long>("select sum(seen) from shard_run where at = (select max(at) from shard_run)");
        var judged = await fleet.Database.ScalarAsync<long>("select sum(judged) from shard_run where at = (select max(at) from shard_run)");
        output.WriteLine($"{judged} of {seen} judged at {fleet.Now:HH:mm}");
        Assert.InRange(seen, (long)((Running + Booting) * 0.9), Running + Booting);
        Assert.True(judged > 0.99 * seen, $"{judged} of {seen}");
        Assert.Equal(0L, fleet.Region.RefusedByBuckets);
        Assert.Equal(0, worker.GetRequiredService<Pipeline>().Failures);
    }
}
