using System.CommandLine;
using System.Globalization;
using Watchdog.Bench.Fleet;

namespace Watchdog.Bench.Rates;

/// <summary><c>rates</c>: whether a screen at full share saturates GetMetricData's quota, and never exceeds it, by the Region's own count.</summary>
internal static class RatesCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var vms = new Option<int>("--vms") { DefaultValueFactory = _ => 150_000, Description = "VMs in the Region." };
        var sweeps = new Option<int>("--sweeps") { DefaultValueFactory = _ => 2, Description = "Whole passes of the one worker." };
        var share = new Option<double>("--rate-share") { DefaultValueFactory = _ => 1, Description = "Part of AWS's rates that the worker takes." };
        var run = new RunOptions(30, "GetMetricData against its quota.") { vms, sweeps, share };
        return run.InvokeAsync(args, async (parse, _, ct) =>
        {
            using var region = RegionProcess.Start(parse.GetValue(vms), latency: 0);
            var variables = await FleetMeasurement.VariablesAsync(region, ct);
            var measured = await FleetMeasurement.RunAsync(
                region, variables, parse.GetValue(vms), parse.GetValue(sweeps), parse.GetValue(share).ToString(CultureInfo.InvariantCulture), ct);
            return RatesTable.Write(measured, await RegionProcess.EndAsync(region, ct));
        });
    }
}
