using Amazon.EC2;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Watchdog.Aws;
using Watchdog.Cli;
using Watchdog.Cli.Demo;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;
using Watchdog.IdleShutdown;
using Watchdog.Inventory;
using Watchdog.Policy;
using Watchdog.Sweeps;

namespace Watchdog.Tests.Drills;

/// <summary>Hours of a simulated fleet in which idle VMs are stopped: what their guests were told and when, and what an owner's start means.</summary>
public sealed class IdleWarningDrill
{
    private const double Unpaced = 100_000;

    [Fact]
    [Trait("Category", "Drill")]
    public async Task Each_guest_was_told_a_quarter_of_an_hour_before_its_stop_and_a_vm_that_its_owner_starts_is_left_alone()
    {
        await using var folder = new WorkerFolder();
        var plan = new DemoPlan(60, Seed: 1, Unpaced, Minutes: null, PolicyMode.Enforce, Idle: true);
        var fleet = new FleetPlanOptions { Vms = plan.Vms, Seed = plan.Seed };
        var clock = new SteppedTime(fleet.Epoch);
        await using var region = await SimulatedRegion.StartAsync(
            new SimulatedRegionOptions { Seed = plan.Seed, RealTokenBuckets = false }, FleetPlan.Generate(fleet), clock, default);
        var builder = CliHost.Create(CommandLine.Create().Parse(["demo"]), plan.Settings(folder.Path), quiet: LogLevel.Critical);
        builder.Services.AddSingleton(new Clocks(clock, TimeProvider.System));
        builder.Services.AddWorker(builder.Configuration, new SimulatedEndpoint(region.Endpoint, Rates: null));
        using var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, default);
        var database = host.Services.GetRequiredService<NpgsqlDataSource>();
        var pipeline = host.Services.GetRequiredService<Pipeline>();
        var loop = new FleetLoop(clock, TimeProvider.System, plan.Speed, pipeline.Jobs());
        var start = clock.GetUtcNow();

        await loop.RunAsync(start.AddMinutes(60), default);
        Assert.Equal(0, pipeline.Failures);
        var stopped = await DemoLedger.StoppedIdleAsync(database, default);
        Assert.NotEmpty(stopped);
        Assert.Empty((await DemoLedger.WarningsAsync(database, default)).Unwarned);
        foreach (var (id, at) in stopped)
        {
            var notice = Assert.Single(region.State.NoticesUntil(IndexOf(region, id), at));
            Assert.Equal("idle", notice.Code);
            Assert.InRange(notice.Minutes, 14, 15);
            Assert.True(at >= notice.At.AddMinutes(15), $"{id} was told at {notice.At:T} and stopped at {at:T}");
        }

        var started = stopped.Keys.Order(StringComparer.Ordinal).First(id => region.State.StateOf(IndexOf(region, id)) == PowerState.Stopped);
        using (var owner = new AmazonEC2Client(new BasicAWSCredentials("AKIDOWNER", "secret"), new AmazonEC2Config { ServiceURL = region.Endpoint.ToString(), AuthenticationRegion = "us-east-1" }))
        {
            await owner.StartInstancesAsync(new() { InstanceIds = [started] });
        }

        await loop.RunAsync(start.AddMinutes(120), default);
        Assert.Equal(PowerState.Running, region.State.StateOf(IndexOf(region, started)));
        Assert.Null(region.State.MessageOfTheDay(IndexOf(region, started), clock.GetUtcNow()));
        var scope = (await host.Services.GetRequiredService<ScopeCatalog>().LoadAsync(default)).Single();
        var listed = (await host.Services.GetRequiredService<IActuator>().ReadAsync(scope, [started], default)).Single();
        Assert.DoesNotContain("watchdog:stopped", listed.Tags.Keys);
        var verdict = await host.Services.GetRequiredService<IdleDesk>().ExplainAsync(scope, started, default);
        Assert.Contains(verdict!.Keepers, keeper => keeper.Code is "started-again" or "uptime");
    }

    private static int IndexOf(SimulatedRegion region, string id) => region.State.Vms.Single(vm => vm.InstanceId == id).Index;
}
