using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Keys;
using Watchdog.Ledger;
using Watchdog.Owners;
using Watchdog.Policy;
using Watchdog.Testing;

namespace Watchdog.Tests.Owners.Admission;

/// <summary>The listener on a port of its own, over a migrated database, and a client with a key.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private Gate(TestDatabase database, ServiceProvider services, HttpClient client) => (Database, this.services, Client) = (database, services, client);

    public TestDatabase Database { get; }
    public HttpClient Client { get; }
    public ManualTime Clock { get; private init; } = null!;
    public DateTimeOffset Now => Clock.GetUtcNow();

    public static async Task<Gate> OpenAsync(params (string Key, string Value)[] settings)
    {
        var database = await TestDatabase.CreateAsync();
        var clock = new ManualTime();
        var values = new Dictionary<string, string?> { ["Http:Listen"] = "127.0.0.1:0" };
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        var services = new ServiceCollection()
            .AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .AddSingleton(database.Source).AddSingleton(new Clocks(clock, clock))
            .AddLedger().AddPolicy().AddHttp().AddOwners()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        var listening = services.GetRequiredService<HttpListening>();
        await listening.StartAsync(default);
        var gate = new Gate(database, services, new HttpClient { BaseAddress = listening.Address }) { Clock = clock };
        await database.ExecuteAsync("insert into scope (key, region) values ('1/eu-west-1', 'eu-west-1')");
        gate.Use((await gate.Get<KeyBook>().AddAsync("test", [KeyScopes.AdmissionRead], "ann", gate.Now, gate.Now.AddDays(90), default)).Text);
        await gate.RefreshAsync();
        return gate;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public void Use(string? key) => Client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);

    /// <summary>What the listener does each second.</summary>
    public async Task RefreshAsync()
    {
        foreach (var model in services.GetServices<IReadModel>())
        {
            await model.RefreshAsync(default);
        }
    }

    public async Task<(int Status, JsonElement Body)> AskAsync(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>A case of an owner, with a block that was verified at an instant where one is given.</summary>
    public async Task<long> AddCaseAsync(string owner, string state = "contained", string found = "miner", DateTimeOffset? blockedAt = null)
    {
        var id = await Database.ScalarAsync<long>(
            """
            insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version)
            values ('i-' || $1, 1, $1, $2, $3, $4, 0.9, 'r', 'v') returning id
            """, owner, found, Now, state);
        if (blockedAt is { } at)
        {
            await Database.ExecuteAsync(
                """
                insert into act (case_id, instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at, done_at)
                values ($1, 'i-' || $2, 1, 'block', 'verified', 0, false, 'r', 'watchdog', 'v', $3, $3)
                """, id, owner, at);
        }

        return id;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Get<HttpListening>().StopAsync(default);
        await services.DisposeAsync();
        await Database.DisposeAsync();
    }
}
