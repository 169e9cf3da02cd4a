using Microsoft.Extensions.Options;
using Watchdog.Aws;
using Watchdog.Diagnostics;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Failing;
using Watchdog.Inventory;
using Watchdog.Testing;

namespace Watchdog.Tests.Aws;

public class CallGateTests
{
    [Fact]
    public async Task A_retry_pays_again_from_the_same_bucket()
    {
        var clock = new ManualTime(SimulatedAws.Start);
        await using var region = await SimulatedRegion.StartAsync(new() { RealTokenBuckets = false }, SimulatedAws.Vms(1), clock, default);
        var meter = new CallMeter(Options.Create(new AwsOptions()), new(clock, TimeProvider.System));
        // A hundredth of 100 tokens: one call, then one in five seconds.
        using var clients = new ClientFactory(
            Options.Create(new AwsOptions { RateShare = 0.01, ReadRetries = 1 }), new Clocks(clock, TimeProvider.System), meter, new(region.Endpoint, clock));
        var source = new Ec2FleetSource(clients, Options.Create(new InventoryOptions()));
        region.Faults.FailNext("ec2:DescribeInstances", FaultKind.ServerError);

        var listing = Task.Run(async () => await source.ListAsync(SimulatedAws.Here, default).FirstAsync());
        // Either it sleeps on the clock, or it ended without paying and the counts below tell.
        while (clock.ArmedTimers == 0 && !listing.IsCompleted)
        {
            await Task.Yield();
        }

        Assert.Equal(1, meter.Snapshot().Calls["ec2:DescribeInstances"]);
        Assert.Equal(1, region.CallCounts["ec2:DescribeInstances"]);
        clock.Advance(TimeSpan.FromSeconds(5.1));
        Assert.Single(await listing);
        Assert.Equal(2, meter.Snapshot().Calls["ec2:DescribeInstances"]);
    }
}
