using Watchdog.Aws;

namespace Watchdog.Bench.Stream;

/// <summary>US$ a month of 30 days for the CPU of every VM, us-east-1's list prices; all VMs run all month.</summary>
internal static class StreamCost
{
    /// <summary>Metric streams: US$ 0.003 for 1,000 updates.</summary>
    public const double Update = 0.003 / 1000;
    /// <summary>Firehose, direct PUT: US$ 0.029 a GB.</summary>
    public const double Gigabyte = 0.029;
    /// <summary>Bytes of a datapoint in the JSON format, as the simulator writes it.</summary>
    public const double BytesAPoint = 300;
    /// <summary>What the endpoint itself costs, whatever the fleet's size: a load balancer that ends TLS, or its like.</summary>
    public const double Endpoint = 20;
    /// <summary>Share of VMs that are young or hot, and screened each five minutes instead of each fifteen.</summary>
    public const double HotShare = 0.1;

    private const double PeriodsAMonth = 30 * 24 * 12;

    /// <summary>GetMetricData for every VM each five minutes.</summary>
    public static double EachFive(int vms) => vms * PeriodsAMonth * (double)CallMeter.UsdPerMetric;

    /// <summary>GetMetricData at the default cadence.</summary>
    public static double Cadence(int vms) => EachFive(vms) * (HotShare + ((1 - HotShare) / 3));

    /// <summary>The stream; every VM each five minutes.</summary>
    public static double Stream(int vms) => Endpoint + (vms * PeriodsAMonth * (Update + (BytesAPoint / 1e9 * Gigabyte)));

    /// <summary>The smallest fleet for which the stream is cheaper than something that costs so much a VM.</summary>
    public static double BreakEven(Func<int, double> polling) => Endpoint / ((polling(1_000_000) - (Stream(1_000_000) - Endpoint)) / 1e6);
}
