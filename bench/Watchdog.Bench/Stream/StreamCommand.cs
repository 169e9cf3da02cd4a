using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Watchdog.Aws;
using Watchdog.Bench.Fleet;
using Watchdog.Cli;
using Watchdog.Cli.Demo;
using Watchdog.Http;
using Watchdog.Intake;
using Watchdog.Inventory;
using Watchdog.Sweeps;
using Watchdog.Telemetry;

namespace Watchdog.Bench.Stream;

/// <summary><c>scripts/bench stream</c>: this process is the worker; the simulated Region delivers from another.</summary>
internal static partial class StreamCommand
{
    private const string Key = "benchmark-key-0123456789";
    private const int Block = 5000;

    public static Task<int> RunAsync(string[] args)
    {
        var vms = new Option<int>("--vms") { DefaultValueFactory = _ => 150_000, Description = "VMs in the Region." };
        var minutes = new Option<int>("--backlog") { DefaultValueFactory = _ => 225, Description = "Minutes of stream that are delivered." };
        var program = new Option<FileInfo>("--watchdog") { Required = true, Description = "The built worker, which simulates." };
        var output = new Option<FileInfo?>("--out") { Description = "File of the table." };
        var command = new RootCommand("The metric stream benchmark.") { vms, minutes, program, output };
        command.SetAction(async (parse, ct) =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromMinutes(25));
            var table = await MeasureAsync(parse.GetRequiredValue(program), parse.GetValue(vms), parse.GetValue(minutes), limit.Token);
            Console.WriteLine(table);
            if (parse.GetValue(output) is { } file)
            {
                await File.WriteAllTextAsync(file.FullName, table, ct);
            }
        });
        return command.Parse(args).InvokeAsync();
    }

    private static async Task<string> MeasureAsync(FileInfo program, int vms, int backlog, CancellationToken ct)
    {
        var load = ProcessCost.Load();
        using var folder = new ScratchFolder();
        var port = FreePort();
        using var simulator = new Neighbour(program.FullName, [
            "simulate", "--vms", Text(vms), "--no-throttling", "--stream", $"http://127.0.0.1:{Text(port)}/v1/metric-stream", "--stream-key", Key, "--stream-backlog", Text(backlog),
        ], []);
        foreach (var pair in (await simulator.LineAsync(line => line.StartsWith("export ", StringComparison.Ordinal), ct))["export ".Length..].Split(' ').Select(pair => pair.Split('=', 2)))
        {
            Environment.SetEnvironmentVariable(pair[0], pair[1]);
        }

        var builder = CliHost.Create(Cli.CommandLine.Create().Parse(["migrate", "--data", folder.Path]), [
            new("Http:Listen", $"127.0.0.1:{Text(port)}"), new("Telemetry:Stream:Enabled", "true"), new("Telemetry:Stream:AccessKey", Key),
        ], LogLevel.Warning);
        builder.Services.AddWorker(builder.Configuration).AddHttp().AddIntake();
        using var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, ct);
        var scope = (await host.Services.GetRequiredService<ScopeCatalog>().LoadAsync(ct))[0];
        await host.Services.GetRequiredService<Pipeline>().InventoryAsync(scope.Id, ct);
        var postgres = int.Parse(File.ReadLines(Path.Combine(folder.Path, "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        await host.StartAsync(ct);
        var database = host.Services.GetRequiredService<NpgsqlDataSource>();
        var periods = await PeriodsAsync(simulator, database, postgres, backlog / 5, ct);
        var read = await ReadAsync(host.Services, scope, postgres, ct);
        var size = await ScalarAsync(database, "select pg_total_relation_size('metric_window')::float8", ct);
        await host.StopAsync(ct);
        return StreamTable.Of(vms, periods, read, size, load);
    }

    // The simulator tells what it has delivered after each period.
    private static async Task<List<PeriodFigures>> PeriodsAsync(Neighbour simulator, NpgsqlDataSource database, int postgres, int count, CancellationToken ct)
    {
        List<PeriodFigures> periods = [];
        long[] before = [0, 0, 0, 0, 0];
        ProcessCost.ForgetPeak();
        while (periods.Count < count)
        {
            var start = Stopwatch.GetTimestamp();
            var (worker, server, wal) = (Cpu(), ProcessCost.CpuOfFamily(postgres), await WalAsync(database, ct));
            var line = await simulator.LineAsync(text => text.StartsWith("streamed ", StringComparison.Ordinal), ct);
            var now = Number().Matches(line[(line.IndexOf("Z:", StringComparison.Ordinal) + 2)..]).Select(match => long.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray();
            var done = now.Zip(before, (after, then) => after - then).ToArray();
            before = now;
            periods.Add(new(
                done[0], done[1], done[4], done[2], done[3], Stopwatch.GetElapsedTime(start).TotalSeconds, Cpu() - worker, ProcessCost.CpuOfFamily(postgres) - server,
                await WalAsync(database, ct) - wal, ProcessCost.PeakRss()));
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"period {periods.Count}: {done[0]} points, {periods[^1].Wall:F1} s, worker {periods[^1].Worker:F2} CPU-s, Postgres {periods[^1].Postgres:F2} CPU-s"));
        }

        return periods;
    }

    private static async Task<ReadFigures> ReadAsync(IServiceProvider services, Scope scope, int postgres, CancellationToken ct)
    {
        List<string> ids = [];
        await using (var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select instance_id from vm where state = 'running' order by 1"))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                ids.Add(reader.GetString(0));
            }
        }

        var (source, meter) = (services.GetRequiredService<IMetricSource>(), services.GetRequiredService<CallMeter>());
        var span = Telemetry.Windows.Trailing(TimeProvider.System.GetUtcNow(), Telemetry.Windows.Screen);
        var (start, worker, server, asked, complete) = (Stopwatch.GetTimestamp(), Cpu(), ProcessCost.CpuOfFamily(postgres), meter.Snapshot().Metrics, 0);
        foreach (var block in ids.Chunk(Block))
        {
            using var batch = (await source.ReadAsync(scope, block, [Metric.CPUUtilization], span.Start, span.End, span.PeriodSeconds, ct))[0];
            complete += batch.Answered.Count(answered => answered);
        }

        return new(Stopwatch.GetElapsedTime(start).TotalSeconds, Cpu() - worker, ProcessCost.CpuOfFamily(postgres) - server, complete, ids.Count, meter.Snapshot().Metrics - asked);
    }

    private static Task<double> WalAsync(NpgsqlDataSource database, CancellationToken ct) =>
        ScalarAsync(database, "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8", ct);

    private static async Task<double> ScalarAsync(NpgsqlDataSource database, string sql, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        return (double)(await command.ExecuteScalarAsync(ct))!;
    }

    private static double Cpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
