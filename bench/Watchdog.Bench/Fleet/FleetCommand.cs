using System.CommandLine;
using System.Globalization;

namespace Watchdog.Bench.Fleet;

/// <summary><c>fleet</c>: starts the simulated Region and the worker, each in a process of its own, and writes the table.</summary>
internal static class FleetCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var vms = new Option<int>("--vms") { DefaultValueFactory = _ => 150_000, Description = "VMs in the Region." };
        var sweeps = new Option<int>("--sweeps") { DefaultValueFactory = _ => 3, Description = "Whole passes of the one worker." };
        var share = new Option<double>("--rate-share") { DefaultValueFactory = _ => 1, Description = "Part of AWS's rates that the worker takes; its own default is 0.5." };
        var run = new RunOptions(30, "The fleet benchmark.") { vms, sweeps, share };
        return run.InvokeAsync(args, async (parse, program, ct) =>
        {
            var rate = parse.GetValue(share).ToString(CultureInfo.InvariantCulture);
            return FleetTable.Write(await FleetMeasurement.RunAsync(program, parse.GetValue(vms), parse.GetValue(sweeps), rate, ct));
        });
    }
}
