using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Watchdog.Aws;
using Watchdog.Cli;
using Watchdog.Sweeps;

namespace Watchdog.Bench.Fleet;

/// <summary>
/// The measured process: the worker, composed as <c>watchdog sweep</c> composes it, making several passes. Tells of each on standard
/// output, a line of JSON a pass.
/// </summary>
internal static class FleetWorker
{
    /// <summary>The mode's name on the command line.</summary>
    public const string Name = "fleet-worker";

    /// <summary>What the worker says when it is composed and its schema stands.</summary>
    public const string Ready = "ready";

    /// <summary>Runs.</summary>
    /// <param name="args">Data folder, number of sweeps, and the share of AWS's rates.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var (folder, sweeps, share) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), args[2]);
        var builder = CliHost.Create(
            Cli.CommandLine.Create().Parse(["sweep", "--data", folder]),
            [
                new("Aws:RateShare", share),
                // Guests answer after seconds, however fast the worker is: their answers belong to the next pass.
                new("Detection:WaitSeconds", "0"),
            ], LogLevel.Error);
        builder.Services.AddWorker(builder.Configuration);
        using var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, CancellationToken.None);
        var calls = host.Services.GetRequiredService<CallMeter>();
        using var meter = new StageMeter(calls);
        var pipeline = host.Services.GetRequiredService<Pipeline>();
        Console.WriteLine(Ready);
        for (var sweep = 1; sweep <= sweeps; sweep++)
        {
            Console.WriteLine(JsonSerializer.Serialize(await SweepAsync(sweep, pipeline, meter, calls)));
            if (sweep == 1 && sweeps > 1)
            {
                await FleetHistory.GiveAsync(host.Services, CancellationToken.None);
                meter.Take();
                Console.WriteLine(Ready);
            }
        }

        // With the worker its Postgres ends: not before both were read.
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static async Task<SweepFigures> SweepAsync(int number, Pipeline pipeline, StageMeter meter, CallMeter calls)
    {
        ProcessCost.ForgetPeak();
        var before = calls.Snapshot();
        var start = meter.Read();
        var report = await pipeline.OnceAsync(CancellationToken.None);
        var total = start.Until(meter.Read(), "total");
        var after = calls.Snapshot();
        return new(
            number, total, meter.Take(), ProcessCost.PeakRss(), GC.GetTotalMemory(false), after.Metrics - before.Metrics,
            after.PointsRejected - before.PointsRejected, report.Vms, report.Judged, report.Unknown, report.Findings.Count, report.Failures);
    }
}
