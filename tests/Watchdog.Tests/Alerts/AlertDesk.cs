using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Watchdog.Alerts;
using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Routing;
using Watchdog.Alerts.Telling;
using Watchdog.Diagnostics;
using Watchdog.IdleShutdown;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Storage;
using Watchdog.Testing;

namespace Watchdog.Tests.Alerts;

/// <summary>The pipeline over a database of a test's own, with two scopes and a clock that the test sets.</summary>
internal sealed class AlertDesk : IAsyncDisposable
{
    public const string Ireland = "123456789012/eu-west-1";

    public TestDatabase Database { get; private init; } = null!;
    public StepClock Clock { get; } = new(new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    public AlertOptions Options { get; } = new();
    public MutingOptions Muting { get; } = new();
    public RoutingOptions Routing { get; } = new();
    public AlertLinkOptions Links { get; } = new();
    public PolicyOptions Policy { get; } = new() { Mode = PolicyMode.Enforce };
    public NamedReceivers Names { get; } = new("chat", "pager");
    public DateTimeOffset Now => Clock.GetUtcNow();

    public static async Task<AlertDesk> OpenAsync()
    {
        var desk = new AlertDesk { Database = await TestDatabase.CreateAsync() };
        await desk.Database.ExecuteAsync("insert into scope (key, region) values ($1, 'eu-west-1'), ('123456789012/us-east-1', 'us-east-1')", Ireland);
        // The log is read from now on.
        await desk.RunAsync();
        return desk;
    }

    /// <summary>A worker's pipeline; each has its own objects, as each process has.</summary>
    public AlertPipeline Pipeline(IReceiverNames? names = null) => new(
        Database.Source, DatabaseClock.Of(Database.Source, TimeProvider.System), names ?? Names, Wrap(Options), Wrap(Muting), Wrap(Routing), Wrap(Links), Wrap(Policy),
        new Prices(Wrap(new IdleShutdownOptions())), new Clocks(Clock, TimeProvider.System), NullLogger<AlertPipeline>.Instance);

    /// <summary>Reads the whole log, when no transaction of the server, another test's included, hides some of it.</summary>
    public async Task RunAsync(AlertPipeline? pipeline = null)
    {
        await VisibleAsync();
        await (pipeline ?? Pipeline()).RunAsync(default);
    }

    public Task VisibleAsync() =>
        Until.TrueAsync(() => Database.ScalarAsync<bool>("select not exists (select 1 from event where xid >= pg_snapshot_xmin(pg_current_snapshot()))"));

    /// <summary>The clock goes on, and the pipeline looks again.</summary>
    public async Task AfterAsync(TimeSpan time)
    {
        Clock.Step(time);
        await RunAsync();
    }

    public Task CaseAsync(string what, long id, string found = "miner", string owner = "alice", short scope = 1) => EventAsync(
        what, $"case:{id}", LedgerJson.Write(new Note(id, $"i-{id}", scope, owner, found, null, null, $"evidence of case {id}")));

    public Task ActAsync(string what, long caseId, string kind, string found = "miner") => EventAsync(
        what, $"case:{caseId}", LedgerJson.Write(new Note(caseId, $"i-{caseId}", 1, "alice", found, 7, kind, "every change was read back")));

    public Task EventAsync(string what, string subject, string json) =>
        Database.ExecuteAsync("insert into event (at, kind, subject, data) values ($1, $2, $3, $4::jsonb)", Now, what, subject, json);

    /// <summary>What lies in a receiver's outbox, in its order.</summary>
    public async Task<IReadOnlyList<Notification>> ToldAsync(string receiver = "pager")
    {
        await using var command = Database.Source.CreateCommand("select body from outbox where channel = $1 order by id");
        command.Parameters.Add(new() { Value = $"alerts:{receiver}" });
        List<Notification> told = [];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            told.Add(NotificationJson.Read(reader.GetString(0)));
        }

        return told;
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static IOptions<T> Wrap<T>(T value) where T : class => Microsoft.Extensions.Options.Options.Create(value);
}

/// <summary>Receivers by their names alone; told to, asking for them fails, as if the worker died in mid-transaction.</summary>
internal sealed class NamedReceivers(params string[] names) : IReceiverNames
{
    public int FailNext { get; set; }

    public IReadOnlyList<string> Names => FailNext-- > 0 ? throw new IOException("the worker died") : names;
}
