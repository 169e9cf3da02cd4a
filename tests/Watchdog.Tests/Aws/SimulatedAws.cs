using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Watchdog.Aws;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Fleet;
using Watchdog.Inventory;
using Watchdog.Telemetry;
using Watchdog.Testing;

namespace Watchdog.Tests.Aws;

/// <summary>The ports over real clients, against a simulated Region whose clock a test moves.</summary>
internal sealed class SimulatedAws : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    public static readonly Scope Here = new(1, "default/us-east-1", "us-east-1", null);
    private readonly ServiceProvider _services;

    private SimulatedAws(SimulatedRegion region, ManualTime clock, ServiceProvider services) => (Region, Clock, _services) = (region, clock, services);

    public SimulatedRegion Region { get; }
    public ManualTime Clock { get; }
    public IFleetSource Fleet => Get<IFleetSource>();
    public IMetricSource Metrics => Get<IMetricSource>();
    public IGuestProbe Guests => Get<IGuestProbe>();
    public IActuator Actuator => Get<IActuator>();
    public CallSnapshot Calls => Get<CallMeter>().Snapshot();

    public static Task<SimulatedAws> StartAsync(IReadOnlyList<SimulatedVm> vms, params (string Key, string Value)[] settings) =>
        StartAsync(vms, new SimulatedRegionOptions(), settings);

    public static async Task<SimulatedAws> StartAsync(IReadOnlyList<SimulatedVm> vms, SimulatedRegionOptions options, params (string Key, string Value)[] settings)
    {
        var clock = new ManualTime(Start);
        var region = await SimulatedRegion.StartAsync(
            options with
            {
                RealTokenBuckets = false, ConsistencyDelay = TimeSpan.Zero,
                PublicationDelayMin = TimeSpan.FromMinutes(4), PublicationDelayMax = TimeSpan.FromMinutes(4),
            }, vms, clock, default);
        var services = new ServiceCollection().AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build())
            .AddSingleton(new Clocks(clock, TimeProvider.System))
            .AddInventory().AddTelemetry().AddAws(new(region.Endpoint, null));
        services.AddOptions<EnforcementOptions>().BindConfiguration(EnforcementOptions.Section);
        return new(region, clock, services.BuildServiceProvider());
    }

    public static string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"i-0{index + 0xa000:x16}");

    public static SimulatedVm Vm(int index, Behaviour? behaviour = null, string type = "m5.large", string zone = "us-east-1a") => new()
    {
        InstanceId = Id(index), Index = index, Seed = ((ulong)index * 7919) + 13, InstanceType = type, Vcpus = 2, ImageId = "ami-1",
        Owner = "ann", Plan = "pro", AvailabilityZone = zone, LaunchTime = Start.AddDays(-1), Behaviour = behaviour ?? new Steady(),
    };

    public static SimulatedVm[] Vms(int count) => [.. Enumerable.Range(0, count).Select(index => Vm(index))];

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Region.DisposeAsync();
    }
}

/// <summary>A behaviour whose numbers tell which VM they are of.</summary>
internal sealed class Steady : Behaviour
{
    public override string Label => "benign";
    public override string Kind => "benign/steady";
    public Func<VmMoment, StatusChecks> Checks { get; init; } = _ => StatusChecks.Ok;
    public bool Agent { get; init; } = true;
    public DateTimeOffset AgentUntil { get; init; } = DateTimeOffset.MaxValue;
    public string Console { get; init; } = "Linux version 6.1\n";

    public override Load LoadOf(in VmMoment at) => new(at.Vm.Index % 100, 1000, 2000, 30, 40);

    public override StatusChecks StatusOf(in VmMoment at) => Checks(at);

    public override bool AgentAnswers(in VmMoment at) => Agent && at.At < AgentUntil;

    public override GuestView GuestOf(in VmMoment at) =>
        new(3600, 0.5, 0.4, 0.3, 10, 2, 0, 1, 3, 120, 300, [new(7, 1, 1000, "node", "/usr/bin/node", "node server.js", 100, 90, 4, 2048)], [], []);

    public override string ConsoleOf(in VmMoment at) => Console;
}
