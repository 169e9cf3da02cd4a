using System.CommandLine;
using Watchdog.Cli.Cases;
using Watchdog.Ledger;
using Watchdog.Policy.Bulks;
using Watchdog.Reports.Api;

namespace Watchdog.Cli.Remote;

/// <summary>Where the commands about many cases read and ask: the database, or a worker's API. Either way they print the same.</summary>
internal interface IBulkDesk
{
    /// <summary>The instant from which spans ago are counted.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Freezes what matches, each case at its version of now.</summary>
    /// <param name="by">Who asks; the API knows that by the key.</param>
    /// <exception cref="UsageException">Nothing matches, too much does, or it means nothing; the message says which.</exception>
    Task<Bulk> FreezeAsync(string kind, RequestPayload payload, CasesWhere where, string by, CancellationToken ct);

    /// <summary>All of its items, by case.</summary>
    Task<IReadOnlyList<BulkItem>> ItemsAsync(long bulk, CancellationToken ct);

    /// <summary>What releasing these takes; null where nobody here can tell.</summary>
    Task<ReleaseEffort?> EffortAsync(IReadOnlyList<BulkItem> items, CancellationToken ct);

    /// <summary>Starts it.</summary>
    /// <returns>What came of that, in a sentence.</returns>
    /// <exception cref="UnavailableException">Nothing; the message says why.</exception>
    Task<string> StartAsync(long bulk, string by, int count, CancellationToken ct);

    /// <summary>A bulk with its counts; null: there is none.</summary>
    Task<Bulk?> FindAsync(long bulk, CancellationToken ct);

    /// <summary>Takes back what nobody has taken.</summary>
    /// <returns>Whether something was, and what came of it in a sentence.</returns>
    Task<(bool Stands, string Sentence)> UndoAsync(long bulk, string by, CancellationToken ct);
}

/// <summary>Finds a command's desk for bulks.</summary>
internal static class BulkDesks
{
    /// <summary>Runs a command's body over the database, or over the API where <c>--server</c> names one.</summary>
    public static Task<int> RunAsync(ParseResult parse, Func<IBulkDesk, Task<int>> body, CancellationToken ct) =>
        CommandEdge.RunAsync(async () =>
        {
            using var client = ServerOption.Open(parse);
            return client is null ? await LedgerHost.RunAsync(parse, services => body(new LedgerBulks(services)), ct, ActsCommand.AddGovernor) : await body(new RemoteBulks(client));
        }, ct, parse.InvocationConfiguration.Error);
}
