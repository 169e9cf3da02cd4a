using System.CommandLine;
using Watchdog.Alerts;
using Watchdog.Alerts.Sending;
using Watchdog.Http;
using Watchdog.Intake;
using Watchdog.Owners;
using Watchdog.Reports;
using Watchdog.Reports.Daily;
using Watchdog.Reports.Health;
using Watchdog.Slo;

namespace Watchdog.Cli;

/// <summary><c>watchdog run</c>: the worker, until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Run the worker: sweep the configured scopes until interrupted. Several on one database share the work.");
        command.SetAction((parse, ct) => CommandEdge.RunAsync(async () =>
        {
            var builder = CliHost.Create(parse);
            builder.Services.AddWorker(builder.Configuration).AddTimetable(builder.Configuration).AddHttp().AddPages().AddHealth().AddIntake().AddSloGauges().AddOwners().AddNotices().AddIncidents()
                .AddAlertSending().AddDailyReport();
            using var host = builder.Build();
            await using var services = (IAsyncDisposable)host;
            await SchemaGate.PassAsync(host.Services, ct, withScheduler: true);
            await host.RunAsync(ct);
            return ExitCodes.Ok;
        }, ct));
        return command;
    }
}
