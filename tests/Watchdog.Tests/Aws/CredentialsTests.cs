using Microsoft.Extensions.Options;
using Watchdog.Aws;
using Watchdog.Diagnostics;
using Watchdog.FleetSim;
using Watchdog.Inventory;
using Watchdog.Testing;

namespace Watchdog.Tests.Aws;

public class CredentialsTests
{
    [Fact]
    public async Task A_region_that_refuses_the_credentials_is_named_unknown_in_every_port()
    {
        var clock = new ManualTime(SimulatedAws.Start);
        await using var region = await SimulatedRegion.StartAsync(
            new() { RealTokenBuckets = false, RequiredAccessKeyId = "SOMEBODYELSE" }, SimulatedAws.Vms(1), clock, default);
        var meter = new CallMeter(Options.Create(new AwsOptions()), new(clock, TimeProvider.System));
        using var clients = new ClientFactory(Options.Create(new AwsOptions()), new Clocks(clock, TimeProvider.System), meter, new(region.Endpoint, null));

        var fault = await Assert.ThrowsAsync<FleetSourceException>(
            () => new Ec2FleetSource(clients, Options.Create(new InventoryOptions())).ListStatusAsync(SimulatedAws.Here, default));
        Assert.Equal("AuthFailure", fault.Code);
        var denied = await Assert.ThrowsAsync<Watchdog.Enforcement.ActuatorException>(
            () => new Ec2Actuator(clients).StopAsync(SimulatedAws.Here, [SimulatedAws.Id(0)], false, default));
        Assert.Equal(Watchdog.Enforcement.ActuatorError.Denied, denied.Error);
    }

    [Fact]
    public async Task Each_scope_has_clients_of_its_own_and_always_the_same_ones()
    {
        var clock = new ManualTime(SimulatedAws.Start);
        await using var region = await SimulatedRegion.StartAsync(new(), SimulatedAws.Vms(1), clock, default);
        var meter = new CallMeter(Options.Create(new AwsOptions()), new(clock, TimeProvider.System));
        using var clients = new ClientFactory(Options.Create(new AwsOptions()), new Clocks(clock, TimeProvider.System), meter, new(region.Endpoint, null));

        Assert.Same(clients.Of(SimulatedAws.Here), clients.Of(SimulatedAws.Here with { }));
        Assert.NotSame(clients.Of(SimulatedAws.Here), clients.Of(new(2, "default/eu-west-1", "eu-west-1", null)));
    }
}
