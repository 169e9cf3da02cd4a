using System.CommandLine;
using System.Globalization;
using Watchdog.Bench.Fleet;

namespace Watchdog.Bench.Slope;

/// <summary><c>slope</c>: the fleet benchmark at several sizes in one run, and whether what a sweep takes grows with the fleet and no faster.</summary>
internal static class SlopeCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var sizes = new Option<int[]>("--vms") { AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1_000, 10_000, 50_000, 150_000], Description = "VMs in the Region, several numbers, ascending." };
        sizes.Validators.Add(said =>
        {
            if (said.GetValue(sizes) is not { Length: >= 2 } given || given[0] < 1 || given.Zip(given.Skip(1)).Any(pair => pair.First >= pair.Second))
            {
                said.AddError("--vms takes two ascending numbers at least.");
            }
        });
        var sweeps = new Option<int>("--sweeps") { DefaultValueFactory = _ => 3, Description = "Whole passes at each size; the last is the one that counts." };
        var share = new Option<double>("--rate-share") { DefaultValueFactory = _ => 1, Description = "Part of AWS's rates that the worker takes." };
        var run = new RunOptions(60, "The slope over the fleet's size.") { sizes, sweeps, share };
        return run.InvokeAsync(args, async (parse, program, ct) =>
        {
            List<FleetRun> runs = [];
            foreach (var vms in parse.GetRequiredValue(sizes))
            {
                runs.Add(await FleetMeasurement.RunAsync(program, vms, parse.GetValue(sweeps), parse.GetValue(share).ToString(CultureInfo.InvariantCulture), ct));
            }

            if (run.Output(parse) is { } file)
            {
                file.Directory!.Create();
                await File.WriteAllTextAsync(Path.ChangeExtension(file.FullName, ".svg"), SlopePlot.Of(runs), ct);
            }

            return SlopeTable.Write(runs);
        });
    }
}
