using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Watchdog.Detection;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Storage;
using Watchdog.Sweeps;
using Watchdog.Telemetry;
using Watchdog.Testing;
using EpisodeChange = Watchdog.Detection.EpisodeChange;

namespace Watchdog.Tests.Sweeps;

/// <summary>The worker's rooms up to Detection over a fake Region, a real database, and clocks that a test moves.</summary>
internal sealed class SweepWorld : IAsyncDisposable
{
    public static readonly int[] AllShards = [.. Enumerable.Range(0, Shard.Count)];
    private readonly ServiceProvider _services;

    private SweepWorld(TestDatabase database, Dictionary<string, string?> settings)
    {
        Database = database;
        Fleet = new JumpyTime(Time);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton(database.Source);
        services.AddSingleton(new Clocks(Fleet, Time));
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
    public JumpyTime Fleet { get; }
    public FakeRegion Region { get; } = new();
    /// <summary>The episodes' steps handed on so far.</summary>
    public List<EpisodeChange> Told { get; } = [];
    /// <summary>What the follower does besides; a test makes it fail or steal a lease.</summary>
    public Func<Task> Follow { get; set; } = () => Task.CompletedTask;
    public DateTimeOffset Now => Fleet.GetUtcNow();
    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();
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

    /// <summary>Runs for a while, a sweep each step; the last report.</summary>
    public async Task<SweepReport> RunAsync(int minutes, int step = 5)
    {
        SweepReport? report = null;
        for (var done = 0; done < minutes; done += step)
        {
            report = await MinuteAsync();
            Time.Advance(TimeSpan.FromMinutes(step));
        }

        return report!;
    }

    /// <summary>VMs on one plateau or none: id, onset, CPU percent in it, network bytes a period in it; published eight minutes late.</summary>
    public void Play(params (string Id, DateTimeOffset Onset, float Cpu, float Network)[] plateaus)
    {
        var byId = plateaus.ToDictionary(p => p.Id);
        foreach (var id in byId.Keys.Where(id => Region.Vms.TrueForAll(vm => vm.InstanceId != id)))
        {
            Region.Vms.Add(FakeRegion.Vm(id, Now.AddDays(-30)));
        }

        Region.Point = (id, metric, at) => at.AddMinutes(8) > Now || !byId.TryGetValue(id, out var plateau) ? null : metric switch
        {
            Metric.CPUUtilization => at >= plateau.Onset ? plateau.Cpu : 4f,
            Metric.NetworkIn or Metric.NetworkOut => at >= plateau.Onset ? plateau.Network : 2_500,
            Metric.EBSWriteOps => 90,
            Metric.EBSReadOps => 0,
            _ => null,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Database.DisposeAsync();
    }
}

/// <summary>A fleet clock beside the wall's, off by a jump.</summary>
internal sealed class JumpyTime(TimeProvider real) : TimeProvider
{
    public TimeSpan Jump { get; set; }

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + Jump;
}
