using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Watchdog.Aws;
using Watchdog.Cli;
using Watchdog.Diagnostics;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Fleet;
using Watchdog.Sweeps;
using Watchdog.Testing;
using Watchdog.Tests.Aws;

namespace Watchdog.Tests.Sweeps;

/// <summary>The whole worker over HTTP against the simulated Region, on a stepped clock and a real database.</summary>
public class SimulatedRegionTests
{
    [Fact]
    public async Task Ninety_minutes_of_a_small_fleet_find_its_plain_abusers_and_touch_nobody_else()
    {
        await using var database = await TestDatabase.CreateAsync();
        var plan = new FleetPlanOptions { Vms = 60, Seed = 3, AbuseShare = 0.15, AbuseFrom = TimeSpan.FromMinutes(2), AbuseWithin = TimeSpan.FromMinutes(8) };
        var clock = new SteppedTime(plan.Epoch);
        await using var region = await SimulatedRegion.StartAsync(
            new SimulatedRegionOptions { RealTokenBuckets = false }, FleetPlan.Generate(plan), clock, CancellationToken.None);
        await using var services = Worker(database, clock, region);
        var pipeline = services.GetRequiredService<Pipeline>();

        await new FleetLoop(clock, TimeProvider.System, 1e9, pipeline.Jobs()).RunAsync(plan.Epoch.AddMinutes(90), CancellationToken.None);

        Assert.Equal(0, pipeline.Failures);
        foreach (var vm in region.State.Vms.Select(LabelsTruth.Of).Where(vm => vm.Onset is not null && vm.Plain))
        {
            Assert.True(
                await database.ScalarAsync<bool>("select exists (select 1 from episode where instance_id = $1 and class = $2)", vm.InstanceId, vm.Label),
                $"{vm.Kind} {vm.InstanceId} since {vm.Onset:O} was not found");
        }

        var innocent = region.State.Vms.Select(LabelsTruth.Of).Where(vm => vm.Onset is null).Select(vm => vm.InstanceId).ToArray();
        Assert.NotEmpty(innocent);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from act where purpose = 'abuse' and instance_id = any($1)", (object)innocent));
        Assert.True(await database.ScalarAsync<long>("select count(*) from act where state = 'verified'") > 0);
        Assert.Equal(64L, await database.ScalarAsync<long>("select count(*) from shard_run where at = (select max(at) from shard_run)"));
    }

    [Theory]
    [InlineData("m5.large")]
    [InlineData("m3.medium")]
    public async Task A_fork_bomb_held_by_a_limit_starves_the_disk_of_either_generation_of_types(string type)
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new SteppedTime(SimulatedAws.Start);
        var onset = SimulatedAws.Start.AddMinutes(60);
        var vm = SimulatedAws.Vm(0, new HeldBomb(onset), type);
        await using var region = await SimulatedRegion.StartAsync(new SimulatedRegionOptions { RealTokenBuckets = false }, [vm], clock, CancellationToken.None);
        await using var services = Worker(database, clock, region);
        var pipeline = services.GetRequiredService<Pipeline>();

        await new FleetLoop(clock, TimeProvider.System, 1e9, pipeline.Jobs()).RunAsync(onset.AddMinutes(25), CancellationToken.None);

        Assert.Equal(0, pipeline.Failures);
        Assert.Contains("Other work starves beside it", await database.ScalarAsync<string>("select reason from episode where class = 'forkbomb'"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pass_asks_for_agents_when_its_verdicts_stand()
    {
        await using var database = await TestDatabase.CreateAsync();
        var plan = new FleetPlanOptions { Vms = 40, Seed = 5, AbuseShare = 0 };
        var clock = new SteppedTime(plan.Epoch.AddHours(1));
        await using var region = await SimulatedRegion.StartAsync(
            new SimulatedRegionOptions { RealTokenBuckets = false }, FleetPlan.Generate(plan), clock, CancellationToken.None);
        await using var services = Worker(database, clock, region);

        var pass = await services.GetRequiredService<Pipeline>().OnceAsync(CancellationToken.None);

        Assert.Equal(["inventory", "acts", "agents", "seal", "slo"], pass.Seconds.Keys.Take(5));
        Assert.Equal(plan.Epoch.AddHours(1), await database.ScalarAsync<DateTime>("select seen_at from agent_look where not blind"));
    }

    private static ServiceProvider Worker(TestDatabase database, SteppedTime clock, SimulatedRegion region)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = database.ConnectionString,
            ["Policy:Mode"] = "Enforce", ["Policy:MinimumHistory"] = "00:00:00",
            ["Policy:Caps:FleetPercentPerDay"] = "100",
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        services.AddSingleton(new Clocks(clock, TimeProvider.System));
        services.AddWorker(configuration, new SimulatedEndpoint(region.Endpoint, Rates: null));
        return services.BuildServiceProvider();
    }
}
