using System.CommandLine;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Aws;
using Watchdog.Cli.Acts;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.Enforcement.Governing;
using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.Cli;

/// <summary><c>watchdog acts</c>: what is left to do, what holds it, and how long it takes at AWS's rates.</summary>
internal static class ActsCommand
{
    public static Command Create()
    {
        var json = GlobalOptions.Json();
        var command = new Command("acts", "Show the backlog of acts by scope and kind: what holds them, and until when the admitted ones are done at AWS's rates.") { json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            var brake = await Brake.ReadAsync(services.GetRequiredService<NpgsqlDataSource>(), ct);
            var scopes = Backlog.Of(
                await services.GetRequiredService<ActBacklog>().ReadAsync(ct), services.GetRequiredService<ICallRates>(),
                services.GetRequiredService<IOptions<EnforcementOptions>>().Value, now);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(BacklogJson.Of(scopes, brake, now)));
            }
            else
            {
                BacklogTable.Print(Screen.On(output), scopes, brake.IsOn ? brake.Reason : null, now);
            }

            return ExitCodes.Ok;
        }, ct, AddGovernor));
        return command;
    }

    /// <summary>What an estimate needs besides the ledger.</summary>
    public static void AddGovernor(IServiceCollection services)
    {
        services.AddOptions<EnforcementOptions>().BindConfiguration(EnforcementOptions.Section);
        services.AddCallRates();
    }
}
