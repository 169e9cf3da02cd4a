using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Watchdog.Detection;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Storage;
using Watchdog.Sweeps;
using Watchdog.Telemetry;
using Watchdog.Testing;

namespace Watchdog.Tests.Sweeps;

/// <summary>The worker's rooms up to Detection over a fake Region, a real database, and clocks that a test moves.</summary>
internal sealed class SweepWorld : IAsyncDisposable
{
    public static readonly int[] AllShards = [.. Enumerable.Range(0, Shard.Count)];
    private readonly ServiceProvider _services;

    private SweepWorld(TestDatabase database, Dictionary<string, string?> settings)
    {
        Database = database;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton(database.Source);
        services.AddSingleton(new Clocks(Time, Time));
        services.AddSingleton(new Node("test"));
        services.AddSingleton<DefaultRegion>(() => "eu-test-1");
        services.AddSingleton<IFleetSource>(Region).AddSingleton<IMetricSource>(Region).AddSingleton<IGuestProbe>(Region);
        services.AddInventory().AddDetection().AddSweeps();
        // The last registration holds: policy has tests of its own.
        services.AddSingleton<EpisodeFollower>((_, _, changes, _, _) =>
        {
            Told.AddRange(changes);
            return Follow();
        });
        _services = services.BuildServiceProvider();
    }

    public TestDatabase Database { get; }
    public ManualTime Time { get; } = new();
    public FakeRegion Region { get; } = new();
    /// <summary>The episodes' steps handed on so far.</summary>
    public List<Detection.EpisodeChange> Told { get; } = [];
    /// <summary>What the follower does besides; a test makes it fail or steal a lease.</summary>
    public Func<Task> Follow { get; set; } = () => Task.CompletedTask;
    public DateTimeOffset Now => Time.GetUtcNow();
    public ShardSweep Sweep => _services.GetRequiredService<ShardSweep>();

    public static async Task<SweepWorld> CreateAsync(params (string Key, string Value)[] settings) =>
        new(await TestDatabase.CreateAsync(), settings.ToDictionary(s => s.Key, s => (string?)s.Value));

    /// <summary>One minute of the worker: inventory, status, sweep.</summary>
    public async Task<SweepReport> MinuteAsync(SweepDepth depth = SweepDepth.Cadence)
    {
        await InventoryAsync();
        return await Sweep.RunAsync(AllShards, depth, CancellationToken.None);
    }

    public async Task InventoryAsync()
    {
        foreach (var scope in await _services.GetRequiredService<ScopeCatalog>().LoadAsync(CancellationToken.None))
        {
            await _services.GetRequiredService<InventorySweep>().RunAsync(scope, null, Now, CancellationToken.None);
            await _services.GetRequiredService<StatusSweep>().RunAsync(scope, null, Now, CancellationToken.None);
        }
    }

    /// <summary>Runs minute by minute for a while.</summary>
    public async Task<SweepReport> RunAsync(int minutes)
    {
        var report = await MinuteAsync();
        for (var i = 1; i < minutes; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            report = await MinuteAsync();
        }

        return report;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Database.DisposeAsync();
    }
}
