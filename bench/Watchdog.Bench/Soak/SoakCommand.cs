using System.CommandLine;
using System.Globalization;
using Watchdog.Bench.Fleet;

namespace Watchdog.Bench.Soak;

/// <summary><c>soak</c>: the fleet benchmark for many sweeps of one worker, whose memory must not grow.</summary>
internal static class SoakCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var vms = new Option<int>("--vms") { DefaultValueFactory = _ => 50_000, Description = "VMs in the Region." };
        var sweeps = new Option<int>("--sweeps") { DefaultValueFactory = _ => 50, Description = "Whole passes of the one worker, 30 to 500." };
        sweeps.Validators.Add(said =>
        {
            if (said.GetValue(sweeps) is < MemoryTrend.Least or > 500)
            {
                said.AddError($"--sweeps takes {MemoryTrend.Least} to 500: the last ten are held against sweeps 6 to 15.");
            }
        });
        var share = new Option<double>("--rate-share") { Description = "Part of AWS's rates that the worker takes; 0 (the default) for no pacing, so that one sweep follows the other." };
        var run = new RunOptions(150, "The soak.") { vms, sweeps, share };
        return run.InvokeAsync(args, async (parse, program, ct) => SoakTable.Write(await FleetMeasurement.RunAsync(
            program, parse.GetValue(vms), parse.GetValue(sweeps), parse.GetValue(share).ToString(CultureInfo.InvariantCulture), ct)));
    }
}
