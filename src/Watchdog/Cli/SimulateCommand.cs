using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.Cli;

/// <summary><c>watchdog simulate</c>: the simulated Region alone, in real time, for boto3, the aws command, or a worker in another process.</summary>
internal static partial class SimulateCommand
{
    private const int MostMinutes = 43_200;
    private const int MostFaultSeconds = 86_400;

    /// <summary>How far behind now the labels file looks ahead: the horizon of abuse that has not ended.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(1);

    public static Command Create()
    {
        var vms = FleetOptions.Vms();
        var seed = FleetOptions.Seed();
        var port = new Option<int>("--port") { Description = "TCP port on 127.0.0.1; 0 takes a free one.", HelpName = "N" };
        port.Within(0, ushort.MaxValue, $"0 to {ushort.MaxValue}");
        var region = new Option<string>("--region") { Description = "The Region's name.", DefaultValueFactory = _ => "us-east-1" };
        region.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !RegionName().IsMatch(token.Value))
            {
                result.AddError($"--region takes a Region's name such as us-east-1, not '{token.Value}'.");
            }
        });
        var from = new Option<int>("--abuse-from") { Description = "Minutes from now to the first onset of abuse; negative: it has been going on.", HelpName = "M" };
        from.Within(-MostMinutes, MostMinutes, $"{-MostMinutes} to {MostMinutes} minutes");
        var within = new Option<int>("--abuse-within") { Description = "Minutes over which the onsets spread.", HelpName = "M", DefaultValueFactory = _ => 60 };
        within.Within(0, MostMinutes, $"0 to {MostMinutes} minutes");
        var miners = new Option<int>("--miners") { Description = "So many VMs mine besides, at most half of the fleet: a wave.", HelpName = "N" };
        miners.Within(0, int.MaxValue, "0 or more");
        var noLimits = new Option<bool>("--no-throttling") { Description = "Switch EC2's token buckets off." };
        var quota = new Option<double>("--quota-factor") { Description = "Multiplies every token bucket's size and refill: 1 is AWS's default quota.", HelpName = "F", DefaultValueFactory = _ => 1 };
        quota.Within(0.01, 100, "0.01 to 100");
        var fault = new Option<string[]>("--fault") { Description = "A fault and its share of all requests, e.g. throttle=0.3; one of " + string.Join(", ", FaultSwitches.Names) + ". May be repeated.", HelpName = "KIND=SHARE" };
        var faultFrom = new Option<int>("--fault-from") { Description = "Seconds from now until the faults begin.", HelpName = "S" };
        faultFrom.Within(0, MostFaultSeconds, $"0 to {MostFaultSeconds} seconds");
        var faultFor = new Option<int>("--fault-for") { Description = "Seconds that the faults last; 0: to the end.", HelpName = "S" };
        faultFor.Within(0, MostFaultSeconds, $"0 to {MostFaultSeconds} seconds");
        var changes = new Option<FileInfo?>("--changes") { Description = "Write each request for a change as CSV as it comes: at,action,target,error. A target may be several ids with a space between.", HelpName = "FILE" };
        var tokens = new Option<FileInfo?>("--tokens") { Description = "Write what each request took of AWS's token buckets as CSV as it comes: at,bucket,tokens,size,per_second,access_key,refused.", HelpName = "FILE" };
        var labels = new Option<FileInfo?>("--labels") { Description = "Write the truth as CSV: instance_id,label,start,end,notes.", HelpName = "FILE" };
        var command = new Command("simulate", "Run a simulated AWS Region on loopback until interrupted. Point any AWS client at it with AWS_ENDPOINT_URL.")
        {
            vms, seed, port, region, from, within, miners, noLimits, quota, fault, faultFrom, faultFor, changes, tokens, labels,
        };
        var stream = new StreamSwitches(command);
        command.SetAction((parse, ct) => CommandEdge.RunAsync(async () =>
        {
            var clock = TimeProvider.System;
            var now = clock.GetUtcNow();
            var name = parse.GetRequiredValue(region);
            var fleet = FleetPlan.Generate(new FleetPlanOptions
            {
                Vms = parse.GetRequiredValue(vms),
                Seed = parse.GetRequiredValue(seed),
                Epoch = now,
                Miners = Math.Min(parse.GetValue(miners), parse.GetRequiredValue(vms) / 2),
                AbuseFrom = TimeSpan.FromMinutes(parse.GetValue(from)),
                AbuseWithin = TimeSpan.FromMinutes(parse.GetRequiredValue(within)),
                Zones = [name + "a", name + "b", name + "c"],
            });
            if (parse.GetValue(labels) is { } file)
            {
                await using var writer = file.CreateText();
                LabelsFile.Write(writer, fleet, now + Horizon);
            }

            var options = new SimulatedRegionOptions
            {
                Port = parse.GetValue(port),
                Region = name,
                Seed = parse.GetRequiredValue(seed),
                RealTokenBuckets = !parse.GetValue(noLimits),
                QuotaFactor = parse.GetValue(quota),
            };
            await using var simulated = await SimulatedRegion.StartAsync(options, fleet, clock, ct);
            await using var log = parse.GetValue(changes) is { } into ? new ChangeLog(into, simulated.Faults, clock) : null;
            await using var taken = parse.GetValue(tokens) is { } book ? new TokenLog(book, simulated) : null;
            var faults = FaultSwitches.PlayAsync(
                simulated.Faults, parse.GetValue(fault) ?? [], TimeSpan.FromSeconds(parse.GetValue(faultFrom)), TimeSpan.FromSeconds(parse.GetValue(faultFor)), clock, ct);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{fleet.Count} VMs in {name} at {simulated.Endpoint.GetLeftPart(UriPartial.Authority)} since {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}; Ctrl-C ends it."));
            Console.WriteLine($"export AWS_ENDPOINT_URL={simulated.Endpoint.GetLeftPart(UriPartial.Authority)} AWS_REGION={name} AWS_DEFAULT_REGION={name} AWS_ACCESS_KEY_ID=simulated AWS_SECRET_ACCESS_KEY=simulated");
            try
            {
                await Task.WhenAll(faults, stream.DeliverAsync(parse, simulated, parse.GetRequiredValue(seed), clock, ct));
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, ct);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C is how a simulation ends.
            }

            foreach (var (action, count) in simulated.CallCounts.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                Console.WriteLine($"{action} {count.ToString(CultureInfo.InvariantCulture)}");
            }

            Console.WriteLine($"refused by token buckets: {simulated.RefusedByBuckets.ToString(CultureInfo.InvariantCulture)}");

            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,31}$")]
    private static partial Regex RegionName();
}
