using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Watchdog.Aws;
using Watchdog.Cli;
using Watchdog.Cli.Demo;
using Watchdog.Diagnostics;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Fleet;
using Watchdog.Inventory;
using Watchdog.Policy;
using Watchdog.Sweeps;

namespace Watchdog.Tests.Drills;

/// <summary>A worker with a demo's settings and a database of its own before a simulated Region over HTTP, in this process, as fast as the machine can.</summary>
internal sealed class DemoStage : IAsyncDisposable
{
    private const double Unpaced = 100_000;
    private readonly IHost _host;
    private readonly FleetLoop _loop;

    private DemoStage(WorkerFolder folder, SimulatedRegion region, SteppedTime clock, IHost host)
    {
        (Folder, Region, Clock, _host) = (folder, region, clock, host);
        Pipeline = Get<Pipeline>();
        _loop = new FleetLoop(clock, TimeProvider.System, Unpaced, Pipeline.Jobs());
        Start = clock.GetUtcNow();
    }

    public WorkerFolder Folder { get; }
    public SimulatedRegion Region { get; }
    public SteppedTime Clock { get; }
    public Pipeline Pipeline { get; }
    public DateTimeOffset Start { get; }
    public NpgsqlDataSource Database => Get<NpgsqlDataSource>();

    /// <summary>Sets it; mode Enforce, idle VMs are stopped too.</summary>
    /// <param name="fleet">What the fleet has beside its size and seed.</param>
    public static async Task<DemoStage> SetAsync(
        int vms, Func<FleetPlanOptions, FleetPlanOptions>? fleet = null, double hibernationShare = 0, params KeyValuePair<string, string?>[] settings)
    {
        var plan = new DemoPlan(vms, Seed: 1, Unpaced, Minutes: null, PolicyMode.Enforce, Idle: true);
        var options = new FleetPlanOptions { Vms = plan.Vms, Seed = plan.Seed };
        var clock = new SteppedTime(options.Epoch);
        var folder = new WorkerFolder();
        var region = await SimulatedRegion.StartAsync(
            new SimulatedRegionOptions { Seed = plan.Seed, RealTokenBuckets = false, HibernationShare = hibernationShare },
            FleetPlan.Generate(fleet is null ? options : fleet(options)), clock, default);
        var builder = CliHost.Create(CommandLine.Create().Parse(["demo"]), [.. plan.Settings(folder.Path), .. settings], quiet: LogLevel.Critical);
        builder.Services.AddSingleton(new Clocks(clock, TimeProvider.System));
        builder.Services.AddWorker(builder.Configuration, new SimulatedEndpoint(region.Endpoint, Rates: null));
        var host = builder.Build();
        await SchemaGate.PassAsync(host.Services, default);
        return new(folder, region, clock, host);
    }

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Plays on until so many minutes after the start.</summary>
    public Task RunAsync(int minutes) => _loop.RunAsync(Start.AddMinutes(minutes), default);

    public async Task<Scope> ScopeAsync() => (await Get<ScopeCatalog>().LoadAsync(default)).Single();

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync();
        await Region.DisposeAsync();
        await Folder.DisposeAsync();
    }
}
