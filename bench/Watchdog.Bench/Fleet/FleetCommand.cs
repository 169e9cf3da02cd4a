using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Watchdog.Bench.Fleet;

/// <summary><c>fleet</c>: starts the simulated Region and the worker, each in a process of its own, and writes the table.</summary>
internal static class FleetCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var vms = new Option<int>("--vms") { DefaultValueFactory = _ => 150_000, Description = "VMs in the Region." };
        var sweeps = new Option<int>("--sweeps") { DefaultValueFactory = _ => 3, Description = "Whole passes of the one worker." };
        var share = new Option<double>("--rate-share") { DefaultValueFactory = _ => 1, Description = "Part of AWS's rates that the worker takes; its own default is 0.5." };
        var minutes = new Option<int>("--minutes") { DefaultValueFactory = _ => 30, Description = "Ends the run after so long." };
        var program = new Option<FileInfo>("--watchdog") { Required = true, Description = "The built worker, which simulates too." };
        var output = new Option<FileInfo?>("--out") { Description = "File of the table." };
        var command = new RootCommand("The fleet benchmark.") { vms, sweeps, share, minutes, program, output };
        command.SetAction(async (parse, ct) =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromMinutes(parse.GetValue(minutes)));
            var rate = parse.GetValue(share).ToString(CultureInfo.InvariantCulture);
            var run = await RunAsync(parse.GetRequiredValue(program), parse.GetValue(vms), parse.GetValue(sweeps), rate, limit.Token);
            var table = FleetTable.Write(run);
            Console.WriteLine(table);
            if (parse.GetValue(output) is { } file)
            {
                file.Directory!.Create();
                await File.WriteAllTextAsync(file.FullName, table, ct);
            }
        });
        return command.Parse(args).InvokeAsync();
    }

    private static async Task<FleetRun> RunAsync(FileInfo program, int vms, int sweeps, string share, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("watchdog-bench-");
        try
        {
            using var simulator = new Neighbour(program.FullName, [
                "simulate", "--vms", vms.ToString(CultureInfo.InvariantCulture), "--no-throttling", "--abuse-from", "-120",
            ], []);
            var variables = Variables(await simulator.LineAsync(line => line.StartsWith("export ", StringComparison.Ordinal), ct));
            using var worker = new Neighbour(Environment.ProcessPath!, [FleetWorker.Name, folder.FullName, sweeps.ToString(CultureInfo.InvariantCulture), share], variables);
            await worker.LineAsync(line => line == FleetWorker.Ready, ct);
            List<(SweepFigures, double)> measured = [];
            var load = ProcessCost.Load();
            for (var sweep = 0; sweep < sweeps; sweep++)
            {
                if (sweep == 1)
                {
                    // The VMs' usual levels stand in the database now.
                    await worker.LineAsync(line => line == FleetWorker.Ready, ct);
                }

                var before = ProcessCost.CpuOfFamily(simulator.Pid);
                var figures = JsonSerializer.Deserialize<SweepFigures>(await worker.LineAsync(line => line.StartsWith('{'), ct))!;
                measured.Add((figures, ProcessCost.CpuOfFamily(simulator.Pid) - before));
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"sweep {figures.Sweep}: {figures.Total.Wall:F1} s, {figures.Total.Cpu:F1} CPU-s, peak {figures.PeakRss >> 20} MiB"));
            }

            await worker.EndAsync(ct);
            return new(vms, share, measured, Machine.Here(), load, ProcessCost.Load());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Dictionary<string, string> Variables(string export) => export["export ".Length..].Split(' ')
        .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}

/// <summary>One run of the benchmark; beside each sweep the simulated Region's CPU seconds.</summary>
internal sealed record FleetRun(
    int Vms, string RateShare, IReadOnlyList<(SweepFigures Worker, double Simulator)> Sweeps, Machine Machine, string LoadBefore, string LoadAfter);
