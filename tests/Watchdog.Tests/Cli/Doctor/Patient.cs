using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Watchdog.Aws;
using Watchdog.Cli;
using Watchdog.Cli.Doctor;
using Watchdog.Diagnostics;
using Watchdog.FleetSim;
using Watchdog.Inventory;
using Watchdog.Scheduling;
using Watchdog.Testing;
using Watchdog.Tests.Aws;
using Watchdog.Tests.Sweeps;

namespace Watchdog.Tests.Cli.Doctor;

/// <summary>A worker's rooms over a simulated Region and a database of its own, to be examined.</summary>
internal sealed class Patient : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private Patient(TestDatabase database, SimulatedRegion region, ServiceProvider services) => (_database, Region, _services) = (database, region, services);

    public SimulatedRegion Region { get; }

    /// <param name="ahead">How far this machine's clock is ahead.</param>
    /// <param name="provisioned">Whether the scheduler's tables are there.</param>
    public static async Task<Patient> CreateAsync(
        SimulatedRegionOptions? options = null, (string Key, string Value)[]? settings = null, Uri? endpoint = null, TimeSpan ahead = default,
        bool provisioned = true, int vms = 6)
    {
        var database = await TestDatabase.CreateAsync();
        if (provisioned)
        {
            await QuartzSchema.ProvisionAsync(database.Source, NullLoggerFactory.Instance, CancellationToken.None);
        }

        var clock = new ManualTime(SimulatedAws.Start);
        var region = await SimulatedRegion.StartAsync(
            (options ?? new SimulatedRegionOptions { VpcCount = 2 }) with { RealTokenBuckets = false }, SimulatedAws.Vms(vms), clock, CancellationToken.None);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Storage:ConnectionString", database.ConnectionString), new("Logging:LogLevel:Default", "None")])
            .AddInMemoryCollection((settings ?? []).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(new Clocks(clock, new JumpyTime(TimeProvider.System) { Jump = ahead }))
            .AddWorker(configuration, new SimulatedEndpoint(endpoint ?? region.Endpoint, null))
            .AddTimetable(configuration);
        return new(database, region, services.BuildServiceProvider());
    }

    public static Check Find(IReadOnlyList<Check> checks, string name) => Assert.Single(checks, check => check.Name == name);

    public Task<IReadOnlyList<Check>> ExamineAsync() => Examination.RunAsync(_services, CancellationToken.None);

    /// <summary>Each VM with its state, tags and groups, as one line.</summary>
    public async Task<IReadOnlyList<string>> ListAsync()
    {
        List<string> lines = [];
        await foreach (var page in _services.GetRequiredService<IFleetSource>().ListAsync(SimulatedAws.Here, CancellationToken.None))
        {
            lines.AddRange(page.Select(vm => $"{vm.InstanceId} {vm.State} {string.Join(',', vm.Tags)} {string.Join(',', vm.Interfaces.SelectMany(card => card.Groups))}"));
        }

        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Region.DisposeAsync();
        await _database.DisposeAsync();
    }
}
