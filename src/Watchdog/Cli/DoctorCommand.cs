using System.CommandLine;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Watchdog.Cli.Doctor;
using Watchdog.Storage.Rates;

namespace Watchdog.Cli;

/// <summary><c>watchdog doctor</c>: what holds, what does not, and how to mend it. Changes nothing in AWS.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var json = GlobalOptions.Json();
        var command = new Command("doctor", "Check configuration, database, clocks, credentials, permissions and quarantine groups, and say how to mend what does not hold.") { json };
        command.SetAction((parse, ct) => CommandEdge.RunAsync(async () =>
        {
            var builder = CliHost.Create(parse, quiet: LogLevel.Error);
            builder.Services.AddWorker(builder.Configuration).AddTimetable(builder.Configuration);
            // A handful of calls, which must also tell how AWS fares while the database is away.
            builder.Services.RemoveAll<RateLeases>();
            using var host = builder.Build();
            await using var services = (IAsyncDisposable)host;
            var checks = await Examination.RunAsync(host.Services, ct);
            var output = parse.InvocationConfiguration.Output;
            var healthy = checks.All(check => check.State != CheckState.Wrong);
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(DoctorJson.Of(healthy, checks)));
            }
            else
            {
                DoctorTable.Print(Screen.On(output), output, checks);
            }

            return healthy ? ExitCodes.Ok : ExitCodes.NotHealthy;
        }, ct, parse.InvocationConfiguration.Error));
        return command;
    }
}
