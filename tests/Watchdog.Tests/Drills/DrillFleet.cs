using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Watchdog.Aws;
using Watchdog.Cli;
using Watchdog.Diagnostics;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Fleet;
using Watchdog.Storage;
using Watchdog.Sweeps;
using Watchdog.Testing;

namespace Watchdog.Tests.Drills;

/// <summary>
/// A simulated Region with EC2's buckets and the worker over HTTP, on one fleet clock. Both sides' buckets run on it: it stands while calls are made,
/// and goes to the next due instant as soon as somebody waits for tokens.
/// </summary>
internal sealed class DrillFleet : IAsyncDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(2);
    private readonly CancellationTokenSource _over = new();
    private readonly Task _pump;
    private DateTimeOffset _listAt;
    private DateTimeOffset _sweepAt;

    private DrillFleet(TestDatabase database, SteppedTime clock, SimulatedRegion region)
    {
        (Database, Clock, Region, _listAt, _sweepAt) = (database, clock, region, clock.GetUtcNow(), clock.GetUtcNow());
        _pump = PumpAsync();
    }

    public TestDatabase Database { get; }
    public SteppedTime Clock { get; }
    public SimulatedRegion Region { get; }
    public DateTimeOffset Now => Clock.GetUtcNow();

    public static async Task<DrillFleet> StartAsync(FleetPlanOptions plan)
    {
        var clock = new SteppedTime(plan.Epoch);
        return new(
            await TestDatabase.CreateAsync(), clock,
            await SimulatedRegion.StartAsync(new SimulatedRegionOptions { Seed = plan.Seed }, FleetPlan.Generate(plan), clock, CancellationToken.None));
    }

    /// <summary>A worker with these settings over the defaults; the last one takes each lease.</summary>
    public ServiceProvider Worker(Action<IServiceCollection>? between, params (string Key, string Value)[] settings)
    {
        var values = settings.ToDictionary(s => s.Key, s => (string?)s.Value);
        values["Storage:ConnectionString"] = Database.ConnectionString;
        values["Policy:Mode"] = "Enforce";
        values["Policy:MinimumHistory"] = "00:00:00";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        services.AddSingleton(new Clocks(Clock, TimeProvider.System));
        services.AddWorker(configuration, new SimulatedEndpoint(Region.Endpoint, Clock));
        between?.Invoke(services);
        return services.BuildServiceProvider();
    }

    /// <summary>Lists each minute, sweeps each five, and acts whenever the next falls due, until it is enough or the time is over.</summary>
    public async Task PlayAsync(IServiceProvider worker, DateTimeOffset until, bool acts, Func<Task<bool>> enough)
    {
        var jobs = worker.GetRequiredService<Pipeline>().Jobs();
        while (Now < until && !await enough())
        {
            if (Now >= _listAt)
            {
                _listAt = Now.AddMinutes(1);
                await jobs.InventoryAsync(default);
            }

            if (Now >= _sweepAt)
            {
                _sweepAt = Now.AddMinutes(5);
                await jobs.SweepAsync(default);
            }

            StepTo(acts && ActAgain.After(Now, await jobs.ActAsync(default)) is { } again && again < _listAt ? again : _listAt);
        }

        Assert.Equal(0, worker.GetRequiredService<Pipeline>().Failures);
    }

    public async Task<Fence> ActuatorAsync() =>
        await Leases.TakeAsync(Database.Source, [Leases.ActuatorOf(await Database.ScalarAsync<short>("select id from scope"))], "drill", Now, default);


    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _pump;
        _over.Dispose();
        await Region.DisposeAsync();
        await Database.DisposeAsync();
    }

    private void StepTo(DateTimeOffset instant)
    {
        lock (_over)
        {
            Clock.StepTo(instant > Now ? instant : Now);
        }
    }

    private async Task PumpAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            var (due, calls) = (Clock.NextTimer, Calls);
            await Task.Delay(Moment, TimeProvider.System, CancellationToken.None);
            // Whoever is at a call may wait for tokens next: then an earlier instant than this one may be the next.
            if (due is { } instant && calls == Calls && Clock.NextTimer == due)
            {
                StepTo(instant);
            }
        }
    }

    private long Calls => Region.CallCounts.Values.Sum();
}
