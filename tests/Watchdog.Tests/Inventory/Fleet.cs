using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Watchdog.Detectors.Facts;
using Watchdog.Inventory;
using Watchdog.Testing;

namespace Watchdog.Tests.Inventory;

/// <summary>A scope whose VMs a test moves by hand, with the sweeps over it on a real database.</summary>
internal sealed class Fleet : IFleetSource, IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private Fleet(TestDatabase database, Scope scope)
    {
        Database = database;
        Scope = scope;
        Options = new InventoryOptions();
        Inventory = NewInventory();
        Status = new(this, database.Source, Microsoft.Extensions.Options.Options.Create(Options), NullLogger<StatusSweep>.Instance);
    }

    public TestDatabase Database { get; }
    public Scope Scope { get; }
    public InventoryOptions Options { get; }
    public InventorySweep Inventory { get; }
    public StatusSweep Status { get; }

    /// <summary>The pages that the next listing gives.</summary>
    public List<List<ListedVm>> Pages { get; } = [[]];
    public List<ListedStatus> Statuses { get; } = [];
    /// <summary>Thrown after so many pages; null for a complete listing.</summary>
    public (int AfterPages, Exception Fault)? Fails { get; set; }

    public static async Task<Fleet> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync();
        var catalog = new ScopeCatalog(database.Source, Microsoft.Extensions.Options.Options.Create(new InventoryOptions()), () => "eu-west-1");
        return new(database, (await catalog.LoadAsync(default)).Single());
    }

    /// <summary>A second process's sweep over the same database.</summary>
    public InventorySweep NewInventory() =>
        new(this, Database.Source, Microsoft.Extensions.Options.Options.Create(Options), NullLogger<InventorySweep>.Instance);

    public static string Id(int number) => $"i-{number:x17}";

    public static ListedVm Vm(int number, string state = "running", string? transition = null, DateTimeOffset? launched = null,
        params (string Key, string Value)[] tags) =>
        new(Id(number), state, null, transition, "m6i.large", 2, "ami-1", "eu-west-1a", "vpc-1", "subnet-1", launched ?? Start.AddDays(-2),
            "10.0.0.1", null, null, "ebs", null, tags.ToDictionary(t => t.Key, t => t.Value), []);

    public static ListedStatus Impaired(int number, params string[] events) =>
        new(Id(number), new(CheckState.Impaired, CheckState.Ok, CheckState.Unknown, Start.AddMinutes(-5)), [.. events.Select(code => new ScheduledEvent(code))]);

    public void List(params ListedVm[] vms)
    {
        Fails = null;
        Pages.Clear();
        Pages.Add([.. vms]);
    }

    public Task<InventoryOutcome> SweepAsync(double minute) => Inventory.RunAsync(Scope, null, Start.AddMinutes(minute), default);

    /// <summary>One column of rows, in the statement's order, joined by blanks.</summary>
    public async Task<string> RowsAsync(string sql)
    {
        await using var command = Database.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(reader.IsDBNull(0) ? "null" : reader.GetValue(0).ToString()!);
        }

        return string.Join(' ', rows);
    }

    public async IAsyncEnumerable<IReadOnlyList<ListedVm>> ListAsync(Scope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var page = 0; page <= Pages.Count; page++)
        {
            await Task.Yield();
            if (Fails is { } fails && fails.AfterPages == page)
            {
                throw fails.Fault;
            }

            if (page < Pages.Count)
            {
                yield return Pages[page];
            }
        }
    }

    public Task<IReadOnlyList<ListedStatus>> ListStatusAsync(Scope scope, CancellationToken ct) =>
        Fails is { } fails ? Task.FromException<IReadOnlyList<ListedStatus>>(fails.Fault) : Task.FromResult<IReadOnlyList<ListedStatus>>([.. Statuses]);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
