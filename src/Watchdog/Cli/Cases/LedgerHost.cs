using System.CommandLine;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Storage;

namespace Watchdog.Cli.Cases;

/// <summary>
/// The ledger and the policy's books alone: a review asks nothing of AWS and needs no credentials. On the data folder of a running worker it attaches to the
/// worker's private server; where none runs, one is started for the time of the command.
/// </summary>
internal static class LedgerHost
{
    /// <summary>Runs a command's body over the ledger.</summary>
    /// <param name="more">What the body needs besides; null: nothing.</param>
    public static Task<int> RunAsync(
        ParseResult parse, Func<IServiceProvider, Task<int>> body, CancellationToken ct, Action<IServiceCollection>? more = null) => CommandEdge.RunAsync(async () =>
    {
        var builder = CliHost.Create(parse, quiet: LogLevel.Warning);
        builder.Services.AddDiagnostics(builder.Configuration).AddStorage(builder.Configuration).AddLedger().AddPolicy();
        more?.Invoke(builder.Services);
        using var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, ct);
        return await body(host.Services);
    }, ct, parse.InvocationConfiguration.Error);
}
