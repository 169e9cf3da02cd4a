using System.CommandLine;
using Watchdog.Cli.Cases;
using Watchdog.Ledger.Auditing;

namespace Watchdog.Cli.Auditing;

/// <summary><c>watchdog audit head</c>.</summary>
internal static class HeadCommand
{
    public static Command Create()
    {
        var json = GlobalOptions.Json();
        var command = new Command("head", "Print the last seal: number, instant, hash. Keep the hash where this database's owner cannot write; `audit verify --expect` holds the chain to it.") { json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            if (await services.GetRequiredService<AuditVerifier>().HeadAsync(ct) is not { } head)
            {
                await parse.InvocationConfiguration.Error.WriteLineAsync("Nothing is sealed yet: a worker (`watchdog run`) seals each minute, `watchdog sweep` at its end.");
                return ExitCodes.NotHealthy;
            }

            await parse.InvocationConfiguration.Output.WriteLineAsync(
                parse.GetValue(json) ? CliJson.Write(head) : FormattableString.Invariant($"{head.Seq} {head.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {head.Sha256}"));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }
}
