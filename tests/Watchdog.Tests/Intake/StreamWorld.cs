using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Watchdog.Aws;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.Streaming;
using Watchdog.Http;
using Watchdog.Inventory;
using Watchdog.Intake;
using Watchdog.Telemetry;
using Watchdog.Testing;
using Watchdog.Tests.Aws;

namespace Watchdog.Tests.Intake;

/// <summary>A simulated Region with a metric stream, a database, and workers that receive it and read windows from it.</summary>
internal sealed class StreamWorld : IAsyncDisposable
{
    public const string Key = "a-key-of-thirty-characters-000";
    public static readonly DateTimeOffset Start = SimulatedAws.Start;
    private readonly List<StreamWorker> workers = [];

    private StreamWorld(TestDatabase database, SimulatedRegion region, ManualTime clock) => (Database, Region, Clock) = (database, region, clock);

    public TestDatabase Database { get; }
    public SimulatedRegion Region { get; }
    public ManualTime Clock { get; }
    public DateTimeOffset Now => Clock.GetUtcNow();
    public string[] Ids => [.. Region.State.Vms.Select(vm => vm.InstanceId)];

    public static async Task<StreamWorld> CreateAsync(IReadOnlyList<SimulatedVm> vms)
    {
        var clock = new ManualTime(Start);
        var region = await SimulatedRegion.StartAsync(new() { RealTokenBuckets = false, ConsistencyDelay = TimeSpan.Zero }, vms, clock, default);
        var world = new StreamWorld(await TestDatabase.CreateAsync(), region, clock);
        await world.Database.ExecuteAsync("insert into scope (key, region) values ('default/us-east-1', 'us-east-1'), ('222233334444/eu-west-1', 'eu-west-1')");
        await world.Database.ExecuteAsync(
            """
            insert into vm (instance_id, scope, shard, owner, state, state_since, instance_type, vcpus, launch_time, tags, first_seen, changed_at, fingerprint)
            select id, 1, 0, 'ann', 'running', $2, 'm5.large', 2, $2, '{}', $2, $2, 0 from unnest($1) id
            """, world.Ids, Start);
        return world;
    }

    /// <summary>A worker that listens on a port of its own.</summary>
    public async Task<StreamWorker> WorkAsync(params (string Key, string Value)[] settings)
    {
        var worker = await StreamWorker.StartAsync(this, settings);
        workers.Add(worker);
        return worker;
    }

    /// <summary>A stream to a worker from an instant on.</summary>
    public MetricStream StreamTo(StreamWorker worker, DateTimeOffset from, Func<MetricStreamOptions, MetricStreamOptions>? change = null)
    {
        var options = new MetricStreamOptions
        {
            Endpoint = worker.Endpoint, AccessKey = Key, BufferBytes = 20_000, PointsARecord = 7, FirstPause = TimeSpan.FromMilliseconds(20),
        };
        return new(Region, change?.Invoke(options) ?? options, from);
    }

    /// <summary>Moves the clock on, a delivery each step.</summary>
    public async Task PlayAsync(MetricStream stream, TimeSpan length, int stepMinutes = 5)
    {
        for (var end = Now + length; Now < end;)
        {
            Clock.Advance(TimeSpan.FromMinutes(stepMinutes));
            await stream.DeliverAsync(Now, default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers)
        {
            await worker.DisposeAsync();
        }

        await Region.DisposeAsync();
        await Database.DisposeAsync();
    }
}

/// <summary>One worker's listener, receiver and source.</summary>
internal sealed class StreamWorker : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private bool stopped;

    private StreamWorker(ServiceProvider services, HttpClient client, Heard heard) => (this.services, Client, Told) = (services, client, heard.Events);

    /// <summary>Names of the events logged so far.</summary>
    public ConcurrentQueue<string> Told { get; }

    public HttpClient Client { get; }
    public Uri Endpoint => new(Client.BaseAddress!, MetricStreamEndpoint.Path);
    public IMetricSource Source => Get<IMetricSource>();
    /// <summary>The same numbers by GetMetricData alone.</summary>
    public IMetricSource Polled => Get<CloudWatchMetricSource>();
    /// <summary>Metrics asked of GetMetricData so far.</summary>
    public long Asked => Get<CallMeter>().Snapshot().Metrics;

    public static async Task<StreamWorker> StartAsync(StreamWorld world, (string Key, string Value)[] settings)
    {
        Dictionary<string, string?> values = new()
        {
            ["Http:Listen"] = "127.0.0.1:0", ["Telemetry:Stream:Enabled"] = "true", ["Telemetry:Stream:AccessKey"] = StreamWorld.Key,
            ["Inventory:Scopes:0:Regions:0"] = "us-east-1", ["Inventory:Scopes:1:AccountId"] = "222233334444", ["Inventory:Scopes:1:Regions:0"] = "eu-west-1",
        };
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        var heard = new Heard();
        var services = new ServiceCollection().AddLogging(logging => logging.AddProvider(heard))
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .AddSingleton(world.Database.Source).AddSingleton(new Clocks(world.Clock, TimeProvider.System))
            .AddInventory().AddTelemetry().AddAws(new(world.Region.Endpoint, null)).AddHttp().AddIntake();
        services.AddOptions<EnforcementOptions>().BindConfiguration(EnforcementOptions.Section);
        var built = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        var listening = built.GetRequiredService<HttpListening>();
        await listening.StartAsync(default);
        return new(built, new HttpClient { BaseAddress = listening.Address }, heard);
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>The metric's windows of the VMs, as polling and streaming have to agree on them.</summary>
    public static async Task<float[][]> ReadAsync(IMetricSource source, StreamWorld world, MetricSpan span, params Metric[] metrics)
    {
        var batches = await source.ReadAsync(SimulatedAws.Here, world.Ids, metrics.Length == 0 ? [Metric.CPUUtilization] : metrics, span.Start, span.End, span.PeriodSeconds, default);
        List<float[]> rows = [];
        foreach (var batch in batches)
        {
            for (var row = 0; row < batch.InstanceIds.Count; row++)
            {
                Assert.True(batch.Answered[row]);
                rows.Add(batch.Row(row).ToArray());
            }

            batch.Dispose();
        }

        return [.. rows];
    }

    /// <summary>Sends a body as Firehose does; the status and the answer.</summary>
    public async Task<(int Status, JsonElement Answer)> SendAsync(
        ReadOnlyMemory<byte> body, string? key = StreamWorld.Key, string version = "1.0", string id = "id-1", string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        request.Headers.Add("X-Amz-Firehose-Protocol-Version", version);
        request.Headers.Add("X-Amz-Firehose-Request-Id", id);
        if (key is not null)
        {
            request.Headers.Add("X-Amz-Firehose-Access-Key", key);
        }

        using var answer = await Client.SendAsync(request);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>A body of records, each the lines given.</summary>
    public static byte[] BodyOf(params string[] records) => BodyOf("id-1", records);

    /// <summary>A body with an id of its own.</summary>
    public static byte[] BodyOf(string id, string[] records) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        requestId = id, timestamp = 1_767_571_200_000, records = records.Select(record => new { data = Convert.ToBase64String(Encoding.UTF8.GetBytes(record)) }),
    }));

    public static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public async Task StopAsync()
    {
        if (!stopped)
        {
            stopped = true;
            Client.Dispose();
            await Get<HttpListening>().StopAsync(default);
            await services.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}

/// <summary>Remembers which events were logged.</summary>
internal sealed class Heard : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Events { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Events.Enqueue(eventId.Name ?? "");

    public void Dispose()
    {
    }
}
