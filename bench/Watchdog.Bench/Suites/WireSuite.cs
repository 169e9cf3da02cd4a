using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using BenchmarkDotNet.Attributes;
using Watchdog.Aws;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Fleet;
using Watchdog.Telemetry;

namespace Watchdog.Bench.Suites;

/// <summary>A full page of each of the screen's two calls, from the signed request to the worker's own facts; answers come from memory.</summary>
public class WireSuite : IDisposable
{
    private const int PageOfVms = 1_000;
    private const int PageOfMetrics = 500;
    private readonly PlayedBack _tape = new();
    private AmazonEC2Client? _ec2;
    private AmazonCloudWatchClient? _cloudWatch;
    private string[] _ids = [];
    private MetricSpan _span;

    /// <summary>Has the simulated Region write both pages.</summary>
    [GlobalSetup]
    public void Record()
    {
        var now = TimeProvider.System.GetUtcNow();
        var fleet = FleetPlan.Generate(new FleetPlanOptions { Vms = PageOfVms, Epoch = now, Zones = ["us-east-1a", "us-east-1b", "us-east-1c"] });
        var region = SimulatedRegion.StartAsync(new() { RealTokenBuckets = false }, fleet, TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();
        var credentials = new BasicAWSCredentials("simulated", "simulated");
        _ec2 = new(credentials, new AmazonEC2Config { ServiceURL = region.Endpoint.ToString(), AuthenticationRegion = "us-east-1", HttpClientFactory = _tape });
        _cloudWatch = new(credentials, new AmazonCloudWatchConfig { ServiceURL = region.Endpoint.ToString(), AuthenticationRegion = "us-east-1", HttpClientFactory = _tape });
        _ids = [.. fleet.Take(PageOfMetrics).Select(vm => vm.InstanceId)];
        _span = Telemetry.Windows.Trailing(now, Telemetry.Windows.Screen);
        Require(DescribeInstances().GetAwaiter().GetResult() == PageOfVms, "the page of VMs is not full");
        Require(GetMetricData().GetAwaiter().GetResult() == PageOfMetrics, "the page of metrics is not whole");
        region.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>A page of DescribeInstances.</summary>
    /// <returns>VMs read.</returns>
    [Benchmark, SuiteRow("DescribeInstances, a page of 1,000 VMs: signed, read, in the worker's words", PageOfVms)]
    public async Task<int> DescribeInstances() =>
        InstanceReading.Read((await _ec2!.DescribeInstancesAsync(new DescribeInstancesRequest { MaxResults = PageOfVms })).Reservations).Count;

    /// <summary>A page of GetMetricData.</summary>
    /// <returns>Windows answered.</returns>
    [Benchmark, SuiteRow("GetMetricData, 500 metrics of three hours: written, signed, read, on the grid", PageOfMetrics)]
    public async Task<int> GetMetricData()
    {
        using var batch = new MetricBatch(_ids, Telemetry.Metric.CPUUtilization, _span.Start, _span.PeriodSeconds, _span.Points);
        MetricRow[] rows = [.. Enumerable.Range(0, _ids.Length).Select(row => new MetricRow(batch, row))];
        var answer = new MetricAnswer(rows, _span);
        answer.Add(await _cloudWatch!.GetMetricDataAsync(MetricQueries.Of(rows, _span)));
        answer.Finish();
        return batch.Answered.Count(answered => answered);
    }

    /// <summary>Ends the clients.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _ec2?.Dispose();
        _cloudWatch?.Dispose();
        GC.SuppressFinalize(this);
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
