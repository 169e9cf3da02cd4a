using System.Globalization;
using System.Text.Json;

namespace Watchdog.Bench.Fleet;

/// <summary>One run: the simulated Region in one process, the worker in another with a Postgres of its own.</summary>
internal static class FleetMeasurement
{
    /// <summary>Against the Region that the built worker plays, without limits of its own.</summary>
    /// <param name="program">The built worker.</param>
    /// <param name="vms">VMs in the Region.</param>
    /// <param name="sweeps">Whole passes.</param>
    /// <param name="share">Part of AWS's rates that the worker takes, 0.01 to 1; <see cref="FleetWorker.Unpaced"/> for no pacing.</param>
    /// <param name="ct">Ends both processes, and the Postgres.</param>
    public static async Task<FleetRun> RunAsync(FileInfo program, int vms, int sweeps, string share, CancellationToken ct)
    {
        using var simulator = new Neighbour(program.FullName, ["simulate", "--vms", Text(vms), "--no-throttling", "--abuse-from", "-120"], []);
        return await RunAsync(simulator, await VariablesAsync(simulator, ct), vms, sweeps, share, ct);
    }

    /// <summary>Against a Region that runs already.</summary>
    public static async Task<FleetRun> RunAsync(Neighbour simulator, Dictionary<string, string> variables, int vms, int sweeps, string share, CancellationToken ct)
    {
        await using var folder = new DataFolder();
        using var worker = new Neighbour(Environment.ProcessPath!, [FleetWorker.Name, folder.Path, Text(sweeps), share], variables);
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
                $"{vms} VMs, sweep {figures.Sweep}: {figures.Total.Wall:F1} s, {figures.Total.Cpu:F1} CPU-s, peak {figures.PeakRss >> 20} MiB"));
        }

        await worker.EndAsync(ct);
        return new(vms, share, measured, Machine.Here(), load, ProcessCost.Load());
    }

    /// <summary>What an AWS client needs to reach a Region that says so on its output.</summary>
    public static async Task<Dictionary<string, string>> VariablesAsync(Neighbour simulator, CancellationToken ct) =>
        (await simulator.LineAsync(line => line.StartsWith(Export, StringComparison.Ordinal), ct))[Export.Length..].Split(' ')
            .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    private const string Export = "export ";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One run of the benchmark; beside each sweep the simulated Region's CPU seconds.</summary>
internal sealed record FleetRun(
    int Vms, string RateShare, IReadOnlyList<(SweepFigures Worker, double Simulator)> Sweeps, Machine Machine, string LoadBefore, string LoadAfter);
