using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Watchdog.Bench.Fleet;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Failing;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.Bench.Rates;

/// <summary>The simulated Region with AWS's token buckets in a process of its own, which takes a while for each call, and keeps when GetMetricData was granted what.</summary>
internal static class RegionProcess
{
    /// <summary>The mode's name on the command line.</summary>
    public const string Name = "bench-region";

    /// <summary>Starts one.</summary>
    /// <param name="vms">VMs in it.</param>
    /// <param name="latency">Milliseconds that each call takes at least.</param>
    public static Neighbour Start(int vms, int latency) =>
        new(Environment.ProcessPath!, [Name, vms.ToString(CultureInfo.InvariantCulture), latency.ToString(CultureInfo.InvariantCulture)], []);

    /// <summary>Ends one; what it counted.</summary>
    public static async Task<RegionCount> EndAsync(Neighbour region, CancellationToken ct)
    {
        region.CloseInput();
        return JsonSerializer.Deserialize<RegionCount>(await region.LineAsync(line => line.StartsWith('{'), ct))!;
    }

    /// <summary>Runs until its standard input ends, then tells its counts.</summary>
    /// <param name="args">VMs, and milliseconds a call.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var (vms, latency) = (int.Parse(args[0], CultureInfo.InvariantCulture), TimeSpan.FromMilliseconds(int.Parse(args[1], CultureInfo.InvariantCulture)));
        var fleet = FleetPlan.Generate(new FleetPlanOptions
        {
            Vms = vms, Epoch = TimeProvider.System.GetUtcNow(), AbuseFrom = TimeSpan.FromHours(-2), Zones = ["us-east-1a", "us-east-1b", "us-east-1c"],
        });
        await using var region = await SimulatedRegion.StartAsync(new(), fleet, TimeProvider.System, CancellationToken.None);
        List<Granted> granted = [];
        var seen = 0L;
        region.Faults.Before = async _ =>
        {
            await Task.Delay(latency, TimeProvider.System, CancellationToken.None);
            return FaultKind.None;
        };
        region.Faults.After = request =>
        {
            lock (granted)
            {
                if (request is { Action: "cloudwatch:GetMetricData", Error: null })
                {
                    // What was granted since the last look: this call's, or with it that of one which will find nothing new.
                    var points = region.Datapoints;
                    granted.Add(new(Stopwatch.GetTimestamp(), points - seen));
                    seen = points;
                }
            }

            return ValueTask.CompletedTask;
        };
        Console.WriteLine($"export AWS_ENDPOINT_URL={region.Endpoint.GetLeftPart(UriPartial.Authority)} AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=simulated AWS_SECRET_ACCESS_KEY=simulated");
        await Console.In.ReadToEndAsync();
        Console.WriteLine(JsonSerializer.Serialize(new RegionCount(granted, region.RefusedByBuckets, new(region.CallCounts))));
        return 0;
    }
}

/// <summary>What a Region counted.</summary>
/// <param name="Granted">GetMetricData's datapoints, in the order of time.</param>
/// <param name="Refused">Calls for which a token bucket had nothing left.</param>
/// <param name="Calls">Calls by action, refused ones too.</param>
internal sealed record RegionCount(IReadOnlyList<Granted> Granted, long Refused, Dictionary<string, long> Calls);

/// <summary>Datapoints of one call.</summary>
/// <param name="Stamp">When: Linux's monotonic clock, which all processes share, in <see cref="Stopwatch"/>'s ticks.</param>
/// <param name="Points">Queries times periods.</param>
internal sealed record Granted(long Stamp, long Points);
