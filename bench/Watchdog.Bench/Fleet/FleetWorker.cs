using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Watchdog.Aws;
using Watchdog.Cli;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Reports.Health;
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

    /// <summary>The share of AWS's rates that means no pacing at all.</summary>
    public const string Unpaced = "0";

    /// <summary>Runs.</summary>
    /// <param name="args">Data folder, number of sweeps, and the share of AWS's rates.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var (folder, sweeps, share) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), args[2]);
        var builder = CliHost.Create(
            Cli.CommandLine.Create().Parse(["sweep", "--data", folder]),
            [
                new("Aws:RateShare", share == Unpaced ? "1" : share),
                // Guests answer after seconds, however fast the worker is: their answers belong to the next pass.
                new("Detection:WaitSeconds", "0"),
                // A pass lists once and lasts for minutes: that is no blindness here, where a worker lists each minute.
                new("Slo:BlindAfter", "01:00:00"),
            ], LogLevel.Error);
        var region = share == Unpaced ? new SimulatedEndpoint(new(Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL")!), Rates: null) : null;
        builder.Services.AddWorker(builder.Configuration, region).AddSingleton<FleetStates>();
        using var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, CancellationToken.None);
        var calls = host.Services.GetRequiredService<CallMeter>();
        var postgres = int.Parse(File.ReadLines(Path.Combine(folder, "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        using var meter = new StageMeter(calls, postgres);
        Console.WriteLine(Ready);
        for (var sweep = 1; sweep <= sweeps; sweep++)
        {
            Console.WriteLine(JsonSerializer.Serialize(await SweepAsync(sweep, host.Services, meter, calls)));
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

    private static async Task<SweepFigures> SweepAsync(int number, IServiceProvider services, StageMeter meter, CallMeter calls)
    {
        var pipeline = services.GetRequiredService<Pipeline>();
        var cut = number == 1 ? ZoneStreams.Of(new Dictionary<char, int>()) : ZoneStreams.Of(await ZonesAsync(services));
        ProcessCost.ForgetPeak();
        var before = calls.Snapshot();
        var start = meter.Read();
        var report = await pipeline.OnceAsync(CancellationToken.None);
        var total = start.Until(meter.Read(), "total");
        var after = calls.Snapshot();
        var stages = meter.Take();
        await BesideAsync(services, pipeline);
        return new(
            number, total, stages, meter.Take(), Least(cut, await ZonesAsync(services)), ProcessCost.PeakRss(), Environment.WorkingSet,
            GC.GetTotalMemory(false), Live(), after.Metrics - before.Metrics,
            after.PointsRejected - before.PointsRejected, report.Vms, report.Judged, report.Unknown, report.Findings.Count, report.Failures);
    }

    // No collection is forced: that would hide what a worker comes to by itself.
    private static long Live()
    {
        var last = ((GCKind[])[GCKind.FullBlocking, GCKind.Background]).Select(GC.GetGCMemoryInfo).MaxBy(info => info.Index);
        return last.HeapSizeBytes - last.FragmentedBytes;
    }

    // What the timetable fires by itself, beside inventory and shards.
    private static async Task BesideAsync(IServiceProvider services, Pipeline pipeline)
    {
        using (Spans.Begin("idle"))
        {
            await pipeline.IdleAsync([.. Enumerable.Range(0, Shard.Count)], CancellationToken.None);
        }

        using (Spans.Begin("gauges"))
        {
            await services.GetRequiredService<FleetStates>().ReadAsync(CancellationToken.None);
        }

        using (Spans.Begin("listing"))
        {
            foreach (var scope in await services.GetRequiredService<ScopeCatalog>().LoadAsync(CancellationToken.None))
            {
                await pipeline.InventoryAsync(scope.Id, CancellationToken.None);
            }
        }

        using (Spans.Begin("slo"))
        {
            await pipeline.SloAsync(CancellationToken.None);
        }
    }

    private static async Task<Dictionary<char, int>> ZonesAsync(IServiceProvider services)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select right(coalesce(zone, '-'), 1), count(*)::int from vm where gone_at is null group by 1");
        await using var reader = await command.ExecuteReaderAsync();
        Dictionary<char, int> zones = [];
        while (await reader.ReadAsync())
        {
            zones[reader.GetString(0)[0]] = reader.GetInt32(1);
        }

        return zones;
    }

    // Whole pages a stream; one that finds nothing is a page too.
    private static int Least(IReadOnlyList<IReadOnlyList<string>> streams, Dictionary<char, int> zones) => streams.Sum(stream =>
        Math.Max(1, (zones.Where(zone => stream.Count == 0 || stream.Contains($"*{zone.Key}")).Sum(zone => zone.Value) + PageOfVms - 1) / PageOfVms));

    private const int PageOfVms = 1_000;
}
