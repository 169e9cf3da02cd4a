using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Reports.Health;
using Watchdog.Storage;
using Watchdog.Storage.Nodes;
using Watchdog.Telemetry;
using Watchdog.Testing;

namespace Watchdog.Tests.Reports.Health;

/// <summary>The worker's listener with what it tells about itself, over a migrated database.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly IHost host;

    private Listener(TestDatabase database, ManualTime clock, IHost host) => (Database, Clock, this.host) = (database, clock, host);

    public TestDatabase Database { get; }
    public ManualTime Clock { get; }
    public HttpClient Client { get; private set; } = null!;
    public DateTimeOffset Now => Clock.GetUtcNow();

    public static async Task<Listener> OpenAsync(params (string Key, string? Value)[] settings)
    {
        var database = await TestDatabase.CreateAsync();
        var clock = new ManualTime();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(
            [new("Http:Listen", "127.0.0.1:0"), new("Inventory:Scopes:0:Regions:0", "eu-west-1"), .. settings.Select(one => KeyValuePair.Create(one.Key, one.Value))]);
        builder.Services.AddSingleton(database.Source).AddSingleton(new Clocks(clock, clock)).AddSingleton(new Node("me"))
            .AddSingleton(new NodeBook(database.Source, new DatabaseClock(_ => Task.FromResult(clock.GetUtcNow()), clock))).AddSingleton<DefaultRegion>(() => "eu-west-1")
            .AddSingleton(provider => new Migrator(database.Source, Migration.Embedded, clock, provider.GetRequiredService<Microsoft.Extensions.Logging.ILogger<Migrator>>()))
            .AddDiagnostics(builder.Configuration).AddLedger().AddInventory().AddTelemetry().AddHttp().AddHealth();
        var listener = new Listener(database, clock, builder.Build());
        await listener.host.StartAsync();
        listener.Client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None })
        {
            BaseAddress = listener.Get<HttpListening>().Address,
        };
        return listener;
    }

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    public async Task<(int Status, string Body)> AskAsync(string path, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        using var answer = await Client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
        await Database.DisposeAsync();
    }
}
