using System.CommandLine;
using System.Globalization;
using Watchdog.Bench.Fleet;
using Watchdog.Bench.Rates;

namespace Watchdog.Bench.Usual;

/// <summary><c>usual</c>: the same look at the same Region, whose calls take as long, by the usual tool's way and by the worker.</summary>
internal static class UsualCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var vms = new Option<int>("--vms") { DefaultValueFactory = _ => 50_000, Description = "VMs in the Region." };
        var sample = new Option<int>("--sample") { DefaultValueFactory = _ => 1_500, Description = "VMs that the usual way reads; the rest is arithmetic." };
        var latency = new Option<int>("--latency") { DefaultValueFactory = _ => 80, Description = "Milliseconds that each call takes." };
        var share = new Option<double>("--rate-share") { DefaultValueFactory = _ => 1, Description = "Part of AWS's rates that the worker takes." };
        var run = new RunOptions(30, "The usual tool's way beside ours.") { vms, sample, latency, share };
        return run.InvokeAsync(args, async (parse, _, ct) =>
        {
            using var region = RegionProcess.Start(parse.GetValue(vms), parse.GetValue(latency));
            var variables = await FleetMeasurement.VariablesAsync(region, ct);
            using var usual = new OneByOne(new(variables["AWS_ENDPOINT_URL"]));
            var theirs = await usual.MeasureAsync(parse.GetValue(sample), ct);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"usual way: {theirs.Sample} VMs in {theirs.ReadWall:F1} s"));
            var ours = await FleetMeasurement.RunAsync(
                region, variables, parse.GetValue(vms), 3, parse.GetValue(share).ToString(CultureInfo.InvariantCulture), ct);
            return UsualTable.Write(theirs, ours, await RegionProcess.EndAsync(region, ct), parse.GetValue(latency));
        });
    }
}
