using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Watchdog.Alerts;
using Watchdog.Cli;
using Watchdog.Http;
using Watchdog.Owners;
using Watchdog.Reports;
using Watchdog.Reports.Health;
using Watchdog.Slo;

namespace Watchdog.Bench.Pages;

/// <summary>The worker's rooms and its listener over a private cluster; no sweep runs.</summary>
internal static class OpsHost
{
    public static IHost Build(string folder, Action<IServiceCollection>? more = null)
    {
        var builder = CliHost.Create(
            Cli.CommandLine.Create().Parse(["migrate", "--data", folder]), [new("Http:Listen", "127.0.0.1:0"), new("Inventory:Scopes:0:Regions:0", "eu-west-1")], LogLevel.Error);
        builder.Services.AddWorker(builder.Configuration).AddHttp().AddPages().AddHealth().AddSloGauges().AddOwners().AddIncidents();
        more?.Invoke(builder.Services);
        return builder.Build();
    }
}
