using System.Buffers.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Watchdog.Detection;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Sessions;
using Watchdog.IdleShutdown;
using Watchdog.Intake;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Owners;
using Watchdog.Policy;
using Watchdog.Reports;
using Watchdog.Reports.Health;
using Watchdog.Slo;
using Watchdog.Storage;
using Watchdog.Storage.Nodes;
using Watchdog.Telemetry;
using Watchdog.Testing;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Http.Access;

/// <summary>The worker's listener with all that it answers, on a port of its own over a migrated database, and browsers that have signed in.</summary>
internal sealed class OpsSite : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private OpsSite(TestDatabase database, ServiceProvider services) => (Database, this.services) = (database, services);

    public TestDatabase Database { get; }
    public ManualTime Clock { get; private init; } = null!;
    public DateTimeOffset Now => Clock.GetUtcNow();
    public Uri Address => Get<HttpListening>().Address!;

    public static async Task<OpsSite> OpenAsync(params (string Key, string Value)[] settings)
    {
        var database = await TestDatabase.CreateAsync();
        var clock = new ManualTime();
        var values = new Dictionary<string, string?> { ["Http:Listen"] = "127.0.0.1:0" };
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var metrics = new FakeMetrics();
        var services = new ServiceCollection()
            .AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddSingleton(database.Source).AddSingleton(new Clocks(clock, clock))
            .AddSingleton(new Node("me")).AddSingleton<DefaultRegion>(() => "eu-west-1").AddSingleton(metrics).AddSingleton<IMetricSource>(metrics)
            .AddSingleton(new NodeBook(database.Source, new DatabaseClock(_ => Task.FromResult(clock.GetUtcNow()), clock)))
            .AddSingleton(provider => new Migrator(database.Source, Migration.Embedded, clock, provider.GetRequiredService<ILogger<Migrator>>()))
            .AddDiagnostics(configuration).AddLedger().AddInventory().AddTelemetry().AddDetection().AddPolicy().AddIdleShutdown().AddSlo().AddHttp().AddPages().AddHealth().AddOwners().AddIntake()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        var site = new OpsSite(database, services) { Clock = clock };
        await site.Get<HttpListening>().StartAsync(default);
        await database.ExecuteAsync("insert into scope (key, region) values ('1/eu-west-1', 'eu-west-1')");
        return site;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>A browser in which somebody of a role has signed in; null: nobody has.</summary>
    public async Task<Browser> BrowseAsync(Role? role, string name = "ann")
    {
        var secret = role is { } of ? await Get<SessionBook>().BeginAsync(name, of, "oidc", TimeSpan.FromHours(8), default) : null;
        return new Browser(Address, secret);
    }

    /// <summary>What the listener does each second.</summary>
    public async Task RefreshAsync()
    {
        foreach (var model in services.GetServices<IReadModel>())
        {
            await model.RefreshAsync(default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Get<HttpListening>().StopAsync(default);
        await services.DisposeAsync();
        await Database.DisposeAsync();
    }
}

/// <summary>Requests as a browser sends them; it follows no redirect.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient client;
    private readonly byte[]? session;

    public Browser(Uri address, byte[]? session)
    {
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
        this.session = session;
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        if (session is not null)
        {
            client.DefaultRequestHeaders.Add("Cookie", $"watchdog_session={Base64Url.EncodeToString(session)}");
        }
    }

    public string Token => session is null ? "" : FormToken.Of(session);

    public async Task<(int Status, string Body, HttpResponseMessage Answer)> GetAsync(string path)
    {
        var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }

    /// <summary>Sends a form with its token, from a page of the site.</summary>
    public Task<(int Status, string Body, HttpResponseMessage Answer)> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, "same-origin", [(FormToken.Field, Token), .. fields]);

    /// <param name="site">What the browser says of where it comes from; null: nothing.</param>
    public async Task<(int Status, string Body, HttpResponseMessage Answer)> SendAsync(HttpMethod method, string path, string? site, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }

    public void Dispose() => client.Dispose();
}
