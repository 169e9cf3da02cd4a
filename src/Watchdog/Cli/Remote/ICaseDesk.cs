using System.CommandLine;
using Watchdog.Cli.Cases;
using Watchdog.Ledger;

namespace Watchdog.Cli.Remote;

/// <summary>Where the commands about cases read and ask: the database, or a worker's API. Either way they print the same.</summary>
internal interface ICaseDesk
{
    /// <summary>The instant from which spans ago are counted.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Cases, newest first, with the latest act of each.</summary>
    Task<(IReadOnlyList<CaseRecord> Cases, IReadOnlyDictionary<long, ActRecord> Acts)> ListAsync(CaseFilter filter, CancellationToken ct);

    /// <summary>One case whole; null: there is none.</summary>
    Task<WholeCase?> ShowAsync(long id, CancellationToken ct);

    /// <summary>Asks for something about a case as it was seen.</summary>
    /// <param name="by">Who asks; the API knows that by the key.</param>
    /// <returns>The request's number.</returns>
    /// <exception cref="UsageException">It means nothing; the message says why.</exception>
    Task<long> AskAsync(string kind, string by, CaseRecord seen, RequestPayload payload, CancellationToken ct);

    /// <summary>A request as it is now; null: there is none.</summary>
    Task<RequestRecord?> FindAsync(long request, long caseId, CancellationToken ct);
}

/// <summary>Finds a command's desk.</summary>
internal static class CaseDesk
{
    /// <summary>Runs a command's body over the database, or over the API where <c>--server</c> names one.</summary>
    public static Task<int> RunAsync(ParseResult parse, Func<ICaseDesk, Task<int>> body, CancellationToken ct) =>
        CommandEdge.RunAsync(async () =>
        {
            using var client = ServerOption.Open(parse);
            return client is null ? await LedgerHost.RunAsync(parse, services => body(new LedgerDesk(services)), ct) : await body(new RemoteDesk(client));
        }, ct, parse.InvocationConfiguration.Error);
}
